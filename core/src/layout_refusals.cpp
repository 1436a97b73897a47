// What vLLM does not build: layouts that don't divide, shapes that a quantization doesn't fit.
#include <algorithm>

#include "data/architectures.hpp"
#include "format.hpp"
#include "quantization/quantized.hpp"
#include "shapes.hpp"
#include "tensors.hpp"

namespace vram_gauge {
namespace {

bool is_packed(QuantFormat format) {
  return format == QuantFormat::packed_int || format == QuantFormat::gptq || format == QuantFormat::awq;
}

// The quantization method looks at a rank's shape when it creates the weight.
std::optional<Diagnostic> refuse_quantized(const Model& model, const Module& module, const Placement& placement,
                                           std::int64_t tp) {
  if (module.scheme == 0) return std::nullopt;
  const QuantScheme& scheme = model.schemes[static_cast<std::size_t>(module.scheme)];
  std::string reason;
  // What is padded to whole rows is taken by the name of a plain weight (vllm/models/kimi_k3/nvidia/kda.py).
  if (module.kind == Module::Kind::linear && is_packed(scheme.format))
    for (const Dim& dim : module.dims)
      if (dim.split == Split::padded && dim.unit > 1 && dim.units / tp % dim.unit != 0)
        return refusal("quantization-unsupported", std::string(module.name) + " can't be packed integers.", "config");
  if (module.kind == Module::Kind::experts)
    reason = misaligned_experts(scheme, expert_shape(module, placement.parallel, {}), placement);
  else if (module.kind == Module::Kind::vocab)
    reason = misaligned_linear(scheme, vocabulary_shape(module, tp), placement);
  else if (module.kind == Module::Kind::linear) reason = misaligned_linear(scheme, linear_shape(module, tp), placement);
  if (reason.empty()) return std::nullopt;
  return refusal("shape-not-aligned-with-quantization", std::string(module.name) + ": " + reason,
                 "engine.tensor_parallel_size");
}

// Whether the method of the experts' quantization moves experts about (fused_moe_method_base.py:supports_eplb).
bool is_balanced(const Model& model, const Module& module) {
  if (module.balancing != Balancing::done || module.scheme == 0) return true;
  const QuantScheme& scheme = model.schemes[static_cast<std::size_t>(module.scheme)];
  switch (scheme.format) {
    case QuantFormat::moe_wna16:
      return false;
    case QuantFormat::mxfp4:
      return scheme.padding != ExpertPadding::gpt_oss_mxfp4;
    default:
      return !is_packed(scheme.format);
  }
}

std::optional<Diagnostic> refuse_module(const Model& model, const Module& module, const Placement& placement,
                                        std::int64_t tp) {
  if (!module.built) return std::nullopt;
  const Parallel& p = placement.parallel;
  if (p.load_balanced && placement.release >= Release{33, 0}) {
    const bool none = module.balancing == Balancing::none_redundant && p.redundant_experts > 0;
    if (none || module.balancing == Balancing::refused || !is_balanced(model, module))
      return refusal("expert-load-balancing",
                     none ? "This model's class takes no redundant experts."
                          : "vLLM balances no load of these experts: their class or their quantization takes none.",
                     "engine.enable_eplb");
  }
  if (module.kind == Module::Kind::experts) {
    const std::int64_t ranks = p.tp * p.dp * p.pcp, experts = module.dims[0].whole();
    if (module.rank_needs_expert && tp > experts)
      return refusal("too-few-experts",
                     "This model's class wants no more tensor-parallel GPUs than its " + std::to_string(experts) +
                         " experts; here are " + std::to_string(tp) + ".",
                     "engine.tensor_parallel_size");
    if (p.load_balanced && module.balancing == Balancing::done && physical_experts(module, p) % ranks != 0)
      return refusal("expert-load-balancing",
                     "Load balancing spreads experts evenly: " + std::to_string(physical_experts(module, p)) +
                         " of them can't be over " + std::to_string(ranks) + " GPUs.",
                     "engine.eplb_config");
    if (!p.expert_parallel && module.dims[2].whole() % ranks != 0)
      return refusal("heads-not-divisible",
                     "The experts' width " + grouped(module.dims[2].whole()) + " can't be split over " +
                         std::to_string(ranks) + " GPUs.",
                     "engine.tensor_parallel_size");
    return refuse_quantized(model, module, placement, tp);
  }
  if (module.kind == Module::Kind::vocab && !module.plain_rows && round_up(module.dims[0].whole(), 64) % tp != 0)
    return refusal("heads-not-divisible", "The vocabulary can't be split over " + std::to_string(tp) + " GPUs.",
                   "engine.tensor_parallel_size");
  for (const Dim& dim : module.dims) {
    const bool whole = dim.split == Split::none || dim.units % tp == 0 ||
                       (dim.split == Split::heads && tp % dim.units == 0) ||
                       (dim.split == Split::padded && dim.unit == 1);  // made wider until they do
    if (!whole)
      return refusal("heads-not-divisible",
                     std::to_string(dim.units) + (dim.unit > 1 ? " heads" : " columns") + " of " +
                         std::string(module.name) + " can't be split over " + std::to_string(tp) + " GPUs.",
                     "engine.tensor_parallel_size");
  }
  return refuse_quantized(model, module, placement, tp);
}

// vllm/config/parallel.py:ParallelConfig._validate_parallel_config
std::optional<Diagnostic> refuse_load_balancing(const Parallel& p) {
  std::string_view why;
  if (p.load_balanced && !p.expert_parallel)
    why = "Load balancing of experts (--enable-eplb) needs expert parallelism.";
  else if (p.load_balanced && p.tp * p.dp * p.pcp == 1) why = "Load balancing of experts needs more than one GPU.";
  else if (!p.load_balanced && p.redundant_experts > 0) why = "Redundant experts need --enable-eplb.";
  if (why.empty()) return std::nullopt;
  return refusal("expert-load-balancing", std::string(why), "engine.enable_eplb");
}

}  // namespace

std::optional<Diagnostic> refuse_layout(const Model& model, const Placement& placement) {
  const std::int64_t tp = placement.parallel.tp;
  if (placement.parallel.pp > 1 && !model.pipeline)
    return refusal("pipeline-parallel-unsupported", "vLLM has no pipeline parallelism for this architecture.",
                   "engine.pipeline_parallel_size");
  if (tp > 1 && !model.tensor_parallel)
    return refusal("tensor-parallel-unsupported", "vLLM has no tensor parallelism for this architecture.",
                   "engine.tensor_parallel_size");
  const std::int64_t stages = placement.parallel.pp;
  if (stages > 1 && stage_layers(model.sizes.layers, stages, 0).second < model.least_first_stage)
    return refusal("pipeline-stage-too-short",
                   "The first pipeline stage needs the " + std::to_string(model.least_first_stage) +
                       " layers that take images in; of " + std::to_string(stages) + " stages it has " +
                       std::to_string(stage_layers(model.sizes.layers, stages, 0).second) + ".",
                   "engine.pipeline_parallel_size");
  if (stages > 1 && model.one_stage_from >= 0 &&
      stage_layers(model.sizes.layers, stages, stages - 1).first > model.one_stage_from)
    return refusal("pipeline-splits-shared-caches",
                   "Layers from " + std::to_string(model.one_stage_from) +
                       " on read each other's caches, so they have to be on one pipeline stage.",
                   "engine.pipeline_parallel_size");
  if (model.sizes.heads % tp != 0)
    return refusal(
        "heads-not-divisible",
        std::to_string(model.sizes.heads) + " attention heads can't be split over " + std::to_string(tp) + " GPUs.",
        "engine.tensor_parallel_size");
  if (auto refused = refuse_load_balancing(placement.parallel)) return refused;
  if (placement.parallel.expert_parallel && !model.names_experts)
    return refusal("too-few-experts", "Expert parallelism needs a model with experts.",
                   "engine.enable_expert_parallel");
  for (const Layer& layer : model.layers)
    for (const Module& module : layer.modules)
      if (auto refused = refuse_module(model, module, placement, tp)) return refused;
  for (const Placed& placed : model.outside)
    if (auto refused = refuse_module(model, placed.module, placement, tp)) return refused;
  for (const Tower& tower : model.towers)
    for (const Module& module : tower.modules)
      if (stays_whole(tower, module, placement)) continue;
      else if (auto refused = refuse_module(model, module, placement, tp)) return refused;
  return std::nullopt;
}

// vLLM's registry decides before anything is built.
std::optional<Diagnostic> refuse_architecture(const Model& model, Release release, bool drafts) {
  const auto facts = find_architecture(model.architecture);
  const bool drafter = facts && facts->kinds == static_cast<std::uint8_t>(ArchitectureKind::draft);
  if (!drafts && drafter)
    return refusal("drafter",
                   model.architecture +
                       " drafts for another model and is not served by itself: give that model's config.json, and "
                       "this one as draft_config.",
                   "config");
  const bool gone = model.first_engine && release >= Release{11, 0};  // with its engine
  if (!facts || (!gone && (served(*facts, release) || wrapped(*facts, release)))) return std::nullopt;
  const std::optional<Release> last = gone ? Release{10, 2} : facts->last;
  std::string when = !gone && facts->first && release < *facts->first ? "from " + to_string(*facts->first) + " on"
                     : last                                           ? "up to " + to_string(*last)
                                                                      : std::string("only by a plugin");
  return refusal("architecture-not-served", "vLLM serves " + model.architecture + " " + when + ".", "vllm_version");
}

}  // namespace vram_gauge
