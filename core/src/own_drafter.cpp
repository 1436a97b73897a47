#include "parallel.hpp"
#include "pipeline.hpp"
#include "speculation.hpp"

namespace vram_gauge {

static bool drafts_for_itself(const Engine& engine) {
  return engine.num_speculative_tokens > 0 &&
         speculative_method(engine.speculative_method).weights == DraftWeights::target;
}

// vllm/config/speculative.py:hf_config_override, __post_init__.
std::optional<Diagnostic> refuse_own_drafter(const Request& request, const Outcome& out) {
  const Model& target = out.built->model;
  if (!drafts_for_itself(request.engine)) return std::nullopt;
  const auto layers = static_cast<std::int64_t>(target.mtp.numbers.size()),
             drafts = request.engine.num_speculative_tokens;
  std::string why(target.mtp_refused);
  if (layers > 0 && drafts > layers && drafts % layers != 0)
    why = "Of a checkpoint with " + std::to_string(layers) + " predictors, so many tokens are drafted or a multiple.";
  else if (layers > 0 && out.placement.parallel.pp > 1 && !target.mtp_stages)
    why = "This model's predictors don't start beside pipeline parallelism.";
  if (why.empty()) return std::nullopt;
  return Diagnostic{"vllm-refuses/speculative-method", std::move(why), {"engine.speculative_config", {}, 0, 0}};
}

// The checkpoint's own multi-token-prediction layers, as a model of their own on one stage. The head is the target's,
// and so is the embedding unless another stage has it (vllm/v1/worker/gpu/spec_decode/eagle/utils.py:load_eagle_model).
std::optional<Drafter> own_drafter(const Request& request, const Outcome& out) {
  const Model& target = out.built->model;
  if (target.mtp.numbers.empty() || !drafts_for_itself(request.engine)) return std::nullopt;
  auto draft = std::make_shared<Model>();
  draft->architecture = target.architecture;
  draft->family = target.family;
  draft->prefix = target.prefix;
  draft->schemes = target.schemes;
  draft->quantization = target.quantization;
  draft->scale_parameters = target.scale_parameters;
  draft->inexact = target.inexact;
  draft->sizes = target.sizes;
  draft->sizes.layers = static_cast<std::int64_t>(target.mtp.numbers.size());
  draft->layers.push_back(target.mtp);
  // A rotary table of a layer on the same stage is the drafter's, too.
  draft->ropes = target.ropes;
  const std::int64_t pp = out.placement.parallel.pp;
  const auto [first, last] = stage_layers(target.sizes.layers, pp, pp - 1);
  for (const Layer& layer : target.layers)
    if (count_between(layer, first, last) > 0) draft->layers[0].ropes &= ~layer.ropes;
  if (pp > 1 && target.mtp_embeds)
    for (const Placed& placed : target.outside)
      if (placed.module.role == Role::embedding) draft->outside.push_back({placed.module, Stage::every});
  Placement placement = out.placement;
  placement.parallel.pp = placement.parallel.dcp = placement.parallel.pcp = 1;
  const RankWeights rank = weigh(*draft, placement)[0];
  Drafter drafter;
  drafter.model = std::move(draft);
  drafter.weights = rank.weights;
  drafter.loaded = rank.loaded;
  return drafter;
}

}  // namespace vram_gauge
