#include "pipeline.hpp"

#include <algorithm>

#include "data/architectures.hpp"
#include "data/known_sizes.hpp"

namespace vram_gauge {
namespace {

Diagnostic error_of(std::string_view code, std::string message, std::string_view field) {
  return {std::string(code), std::move(message), {std::string(field), {}, 0, 0}};
}

// Some classes hold redundant experts, some ignore the wish, and which do changed with the releases.
std::string_view doubt_redundancy(const Model& model, const Engine& e, Release release) {
  if (!e.enable_eplb || e.num_redundant_experts == 0) return {};
  bool known = false;
  for (const Layer& layer : model.layers)
    for (const Module& module : layer.modules) known |= module.balancing == Balancing::done;
  if (!known && (release < Release{33, 0} || model.family.empty()))
    return "Whether this class holds redundant experts was not looked at; none are counted.";
  // fused_moe/layer.py:FusedMoE.__init__ took FP8 experts first, then unquantized ones.
  const bool compared = model.quantization == "fp8" || (model.quantization.empty() && release >= Release{10, 0});
  if (compared || release >= Release{19, 0}) return {};
  return "Whether vLLM before 0.19 balances experts of this quantization was not looked at.";
}

// Others are divided all the same (vllm/config/model.py:ModelConfig.__post_init__).
bool can_keep_encoders_whole(const Model& model) {
  const auto facts = find_architecture(model.architecture);
  return facts && facts->has(ArchitectureTrait::whole_encoder) && !model.transformers_backend;
}

KvPlan plan(const ParsedModel::Built& built, const KvSettings& settings) {
  return *built.plans.get(settings, [&] { return plan_kv_cache(built.model, settings); });
}

std::shared_ptr<const ParsedModel::OnRanks> place(const ParsedModel::Tree& tree, const Placement& placement) {
  return tree.placed.get(placement, [&] {
    ParsedModel::OnRanks placed{refuse_layout(tree.model, placement), {}};
    if (!placed.refused) placed.ranks = weigh(tree.model, placement);
    return placed;
  });
}

void plan_cache(const Request& request, Outcome& out) {
  out.kv_settings = kv_settings(request, out.resolved, out.placement.parallel, out.drafter);
  out.plan = plan(*out.built, out.kv_settings);
  for (const std::string& reason : out.plan.inexact) out.inexact.push_back(reason);
}

// The budget of each stage: the heaviest rank's.
void plan_budgets(const Request& request, Outcome& out) {
  for (std::int64_t pp = 0; pp < out.placement.parallel.pp; ++pp) {
    Bytes loaded;
    for (const RankWeights& rank : out.ranks)
      if (rank.pp == pp) loaded = std::max(loaded, rank.loaded);
    out.budgets.push_back(
        plan_budget(out.built->model, request, out.resolved, {pp, 0}, loaded, out.drafter ? &*out.drafter : nullptr));
    const Budget& budget = out.budgets.back();
    if (budget.available < out.budgets[out.binding].available) out.binding = static_cast<std::size_t>(pp);
    out.available.push_back(
        Bytes{request.engine.kv_cache_memory_bytes.value_or(std::max<std::int64_t>(0, budget.available))});
  }
}

void auto_fit(Outcome& out) {
  if (!out.resolved.auto_fit) return;
  const KvPool pool = size_kv_pool(out.plan, out.kv_settings, out.available);
  if (pool.starts || pool.longest <= 0) return;
  out.resolved.max_model_len = out.kv_settings.max_model_len = pool.longest;
  out.notes.push_back({"auto-fit", "max_model_len was lowered to what fits.", "engine.max_model_len"});
  out.plan = plan(*out.built, out.kv_settings);
}

// No request has to name a GPU: what doesn't depend on one is answered, and there is no verdict.
void note_no_hardware(Outcome& out) {
  out.notes.push_back({"missing-hardware",
                       "Whether it fits depends on the GPU: name one (hardware.gpu) or its memory "
                       "(hardware.memory_bytes).",
                       "hardware.gpu"});
}

void answer_vllm(const ParsedModel& parsed, const Request& request, Outcome& out) {
  const ParsedModel::Built& built = *out.built;
  const Model& model = built.model;
  out.resolved = built.resolved;
  resolve_defaults(model, request, out.resolved);
  const Engine& e = request.engine;
  out.inexact = model.inexact;
  for (const std::string& reason : e.unweighed) out.inexact.push_back(reason);
  if (const std::string_view doubt = doubt_redundancy(model, e, request.release); !doubt.empty())
    out.inexact.emplace_back(doubt);
  if (e.enable_eplb)
    out.notes.push_back({"eplb-buffer",
                         "Load balancing also keeps room for the experts of one more layer: not counted.",
                         "engine.enable_eplb"});
  if (request.release_is_newer) out.inexact.push_back("This release is newer than the newest one known.");
  out.placement.parallel = parallel_of(e);
  // Refused where it is said that prefill isn't chunked; argument lists of that time often leave it out.
  if (has_short_batch(e, out.resolved))
    out.inexact.push_back("A batch smaller than max_model_len starts only with chunked prefill in this release.");
  if (e.pipeline_parallel_size > 1 && !model.pipeline_doubt.empty()) out.inexact.emplace_back(model.pipeline_doubt);
  out.placement.release = request.release;
  out.placement.capability = request.hardware.capability;
  if (model.depends_on_batch) out.placement.batched_tokens = out.resolved.max_num_batched_tokens;
  out.placement.dtype = out.resolved.dtype;
  out.placement.whole_encoders = e.mm_encoder_tp_mode == "data" && can_keep_encoders_whole(model);
  out.placement.early_encoders = out.resolved.v2_runner && applies(Rule::towers_on_first_stage, request.release);
  out.error = refuse_architecture(model, request.release, false);
  if (!out.error) out.error = built.refused;
  if (!out.error) out.error = refuse_settings(model, request, out.resolved);
  const auto placed = place(*built.tree, out.placement);
  if (!out.error) out.error = placed->refused;
  if (placed->refused) return;
  out.ranks = placed->ranks;
  out.parameters = built.tree->parameters;
  Bytes largest{out.parameters.total.count};
  for (const RankWeights& rank : out.ranks) largest = std::max(largest, rank.weights);
  if (const auto absurd = refuse_absurd(largest)) {
    out.error = absurd;
    return;
  }
  out.parameters_source = model.inexact.empty() ? "exact" : "rough";
  if (!out.error) add_drafter(parsed, request, out);
  if (!request.has_hardware && !e.kv_cache_memory_bytes) return note_no_hardware(out);
  plan_cache(request, out);
  if (!out.error) out.error = out.plan.refused;
  if (out.plan.refused) return;
  plan_budgets(request, out);
  auto_fit(out);
  out.pool = size_kv_pool(out.plan, out.kv_settings, out.available, e.num_gpu_blocks_override);
  out.verdict = judge(out.plan, out.kv_settings, out.budgets, request);
}

// Where the rule of thumb takes its parameters from, in this order: the user, a known family's exact count, the table
// of known sizes by name, a rough count from the shape.
bool find_parameters(const ParsedModel* parsed, const Request& request, Outcome& out) {
  if (request.policy.params_b) {
    out.parameters.total = params_of_billions(*request.policy.params_b);
    out.parameters_source = "params_b";
    return true;
  }
  const bool counted = out.built && !out.built->log.error && !out.built->tree->missing;
  if (counted) out.parameters = out.built->tree->parameters;
  if (counted && out.built->model.inexact.empty()) return out.parameters_source = "exact", true;
  if (parsed) {
    if (const auto billions = known_size_b(parsed->name())) {
      out.parameters.total = params_of_billions(*billions);
      return out.parameters_source = "known-size", true;
    }
  }
  if (!counted) return false;
  out.notes.push_back({"rough-size", "The parameter count is a rough estimate from the config's shape.", "config"});
  return out.parameters_source = "rough", true;
}

void answer_rule_of_thumb(const ParsedModel* parsed, const Request& request, Outcome& out) {
  if (!find_parameters(parsed, request, out)) {
    out.error = error_of("unknown-size",
                         "How many parameters the model has is not known: give its config.json or policy.params_b.",
                         "policy.params_b");
    return;
  }
  RuleOfThumbInput input;
  input.params = out.parameters.total;
  const Engine& e = request.engine;
  if (e.dtype) input.dtype = *e.dtype;
  if (e.quantization) input.quantization = *e.quantization;
  if (e.kv_cache_dtype) input.kv_cache_dtype = *e.kv_cache_dtype;
  std::int64_t longest = 0;
  if (out.built) {
    const Model& model = out.built->model;
    input.layers = model.sizes.layers;
    input.kv_heads = model.sizes.kv_heads;
    input.head_dim = model.sizes.head_dim;
    longest = model.sizes.max_positions;
    if (!e.dtype || *e.dtype == "auto") input.dtype = name_of(out.built->resolved.dtype);
    if (!e.quantization) input.quantization = model.quantization;
  }
  input.memory = Bytes{request.hardware.memory_bytes} * request.hardware.gpus;
  input.tp = e.tensor_parallel_size;
  const std::int64_t wanted = e.max_model_len.value_or(longest);
  input.context = request.workload.context_tokens.value_or(
      wanted > 0 ? wanted : request.workload.prompt_tokens + request.workload.gen_tokens);
  input.concurrency = request.workload.concurrency;
  input.gpu_memory_utilization = e.gpu_memory_utilization.value_or(0.90);
  input.fragmentation_factor = request.policy.fragmentation_factor;
  input.headroom_gb = request.policy.headroom_gb;
  input.overhead_gb = request.policy.overhead_gb;
  out.resolved.max_model_len = input.context;
  out.resolved.gpu_memory_utilization = input.gpu_memory_utilization;
  out.thumb_input = input;
  out.thumb = rule_of_thumb(input);
  out.notes.insert(out.notes.end(), out.thumb.notes.begin(), out.thumb.notes.end());
  if (request.has_hardware)
    out.warnings.insert(out.warnings.end(), out.thumb.warnings.begin(), out.thumb.warnings.end());
  else note_no_hardware(out);
  out.inexact.push_back("The rule of thumb plans by averages, not by vLLM's own arithmetic.");
}

}  // namespace

std::optional<Diagnostic> refuse_absurd(Bytes weights) {
  if (weights.count < std::int64_t{1} << 53) return std::nullopt;
  return error_of("absurd-size", "These sizes multiply to more bytes than any machine has: check the config.",
                  "config");
}

Outcome evaluate(const ParsedModel* parsed, const Request& request) {
  Outcome out;
  out.warnings = request.warnings;
  if (parsed && parsed->error()) return out.error = parsed->error(), out;
  if (parsed && !parsed->document().nodes.empty()) {
    out.built = parsed->built_for(request);
    if (out.built->log.error) return out.error = out.built->log.error, out;
  }
  const bool understood = out.built && !out.built->tree->missing;
  const bool vllm = request.method == Method::vllm || (request.method == Method::automatic && understood);
  out.method = vllm ? Method::vllm : Method::rule_of_thumb;
  if (vllm && !out.built)
    out.error = error_of("missing-model", "The vllm method needs a config.json or a known model.", "config");
  else if (vllm && !understood) out.error = out.built->tree->missing;
  else if (vllm) answer_vllm(*parsed, request, out);
  else answer_rule_of_thumb(parsed, request, out);
  // What the config lacks says more than that its size is unknown.
  if (out.error && out.error->code == "unknown-size" && out.built && !understood) out.error = out.built->tree->missing;
  return out;
}

}  // namespace vram_gauge
