#include "drafting.hpp"
#include "parallel.hpp"
#include "pipeline.hpp"
#include "speculation.hpp"
#include "words.hpp"

namespace vram_gauge {

// Model types and, where those don't decide, architectures that vLLM has predictors for
// (vllm/config/speculative.py:hf_config_override, MTPModelTypes; the same function in every release before).
struct Predicting {
  Release since;
  std::string_view names;
};

constexpr Predicting predicting[] = {
    {{7, 3}, "deepseek_v3 deepseek_mtp"},
    {{9, 0}, "MiMoForCausalLM"},
    {{10, 0}, "Glm4MoeForCausalLM"},
    {{10, 2}, "ernie4_5_moe ernie_mtp qwen3_next qwen3_next_mtp"},
    {{11, 0}, "deepseek_v32 longcat_flash"},
    {{11, 1}, "pangu_ultra_moe pangu_ultra_moe_mtp"},
    {{14, 0}, "exaone_moe exaone_moe_mtp"},
    {{15, 0}, "Glm4MoeLiteForCausalLM"},
    {{15, 1}, "step3p5"},
    {{16, 0}, "GlmOcrForConditionalGeneration glm_moe_dsa"},
    {{17, 0}, "nemotron_h nemotron_h_mtp qwen3_5 qwen3_5_moe"},
    {{19, 0}, "nemotron_h_puzzle"},
    {{20, 0}, "NemotronH_Super_Omni_Reasoning_V3 deepseek_v4 exaone4_5 exaone4_5_mtp hy_v3"},
    {{21, 0}, "MiMoV2FlashForCausalLM MiMoV2ForCausalLM MiMoV2OmniForCausalLM"},
    {{22, 0}, "intern_s2_preview"},
    {{23, 0}, "Step3p5ForCausalLM Step3p7ForConditionalGeneration step3p7"},
    {{24, 0}, "MiniMaxM3SparseForConditionalGeneration minimax_m3_vl"},
    {{25, 0}, "BailingMoeV2_5ForCausalLM bailing_hybrid"},
    {{26, 0}, "inkling_mm_model inkling_model"},
    {{27, 0}, "kimi_k3"},
    {{28, 0}, "BailingMoeV3ForCausalLM dots3_note interns2_mobius qwen3_5_text qwen3_5_moe_text"},
    {{29, 0}, "NemotronH_Omni_Reasoning_V3 hy_v4 qwen4_exp qwen4_exp_text"},
    {{30, 0}, "BailingMoeV3VLForConditionalGeneration deepseek_v41 glm5_next"},
    {{33, 0}, "Step5ForCausalLM Step5ForConditionalGeneration step5 step5_vl"},
};

bool has_predictors(std::string_view model_type, std::string_view architecture, Release release) {
  for (const Predicting& row : predicting)
    if (row.since <= release && (has_word(row.names, model_type) || has_word(row.names, architecture))) return true;
  return false;
}

bool drafts_for_itself(const Engine& engine) {
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
  if (!request.engine.draft_model.empty() || target.mtp_unmodelled) return std::nullopt;
  if (!target.mtp_known) why = "vLLM " + to_string(request.release) + " has no predictors (mtp) for this model.";
  else if (why.empty() && layers == 0) why = "This checkpoint has no predictors (mtp).";
  if (layers > 0 && drafts > layers && drafts % layers != 0)
    why = "Of a checkpoint with " + std::to_string(layers) + " predictors, so many tokens are drafted or a multiple.";
  else if (layers > 0 && out.placement.parallel.pp > 1 && !target.mtp_stages)
    why = "This model's predictors don't start beside pipeline parallelism.";
  if (why.empty()) return std::nullopt;
  return refusal("speculative-method", std::move(why), "engine.speculative_config");
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
