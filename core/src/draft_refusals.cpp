#include "draft_refusals.hpp"

#include "data/architectures.hpp"
#include "format.hpp"
#include "parallel.hpp"
#include "speculation.hpp"

namespace vram_gauge {

// A head's layers go on where the target's end: of all stages in EAGLE-3's classes from 0.30 on, else of the last one,
// whose own may have those names (vllm/model_executor/models/llama_eagle.py and its like; attention.py).
std::optional<Diagnostic> refuse_stages(const Request& request, const Model& target, const Model& draft) {
  const std::string& method = request.engine.speculative_method;
  const std::int64_t stages = request.engine.pipeline_parallel_size;
  if (stages == 1 || !(method == "eagle" || (method == "eagle3" && request.release < Release{30, 0})))
    return std::nullopt;
  const auto [first, end] = stage_layers(target.sizes.layers, stages, stages - 1);
  const bool same = target.layer_prefix == draft.layer_prefix && end - first + draft.sizes.layers > first;
  if (!same && draft.architecture != "EagleMistralLarge3ForCausalLM") return std::nullopt;
  return refusal("pipeline-parallel-unsupported", "This drafter doesn't start beside so many pipeline stages.",
                 "draft_config");
}

std::optional<Diagnostic> refuse_vocabulary(const Request& request, const Model& target, const Model& draft) {
  if (request.engine.speculative_method != "draft_model" || request.engine.heterogeneous_vocabulary ||
      draft.sizes.vocab == target.sizes.vocab)
    return std::nullopt;
  return refusal("draft-vocabulary",
                 "A draft model needs its target's vocabulary: it has " + grouped(draft.sizes.vocab) +
                     " tokens, its target " + grouped(target.sizes.vocab) + ".",
                 "draft_config");
}

std::optional<Diagnostic> refuse_method(const Request& request) {
  const std::string& method = request.engine.speculative_method;
  const std::optional<Release> gone = speculative_method(method).gone_from;
  if (!gone || request.engine.num_speculative_tokens == 0 || request.release < *gone) return std::nullopt;
  return refusal("speculative-method",
                 "vLLM drafts by " + method + " up to 0." + std::to_string(gone->minor - 1) + " only.",
                 "engine.speculative_config");
}

// Every head has a class of its own (vllm/config/speculative.py:update_arch_).
std::optional<Diagnostic> refuse_head(std::string_view method, const Model& draft) {
  if (method == "draft_model" || find_architecture(draft.architecture)) return std::nullopt;
  return refusal("architecture-not-served",
                 "vLLM has no architecture " + draft.architecture + ", as it looks this drafter up.", "draft_config");
}

// vllm/config/speculative.py:_maybe_override_draft_max_model_len
std::optional<Diagnostic> refuse_length(const Engine& engine, std::int64_t target_length) {
  const DraftWeights weights = speculative_method(engine.speculative_method).weights;
  if (weights == DraftWeights::none || weights == DraftWeights::own_class) return std::nullopt;
  if (engine.num_speculative_tokens == 0 || engine.draft_max_model_len.value_or(0) <= target_length)
    return std::nullopt;
  return refusal("draft-max-model-len",
                 "A drafter may see no more tokens than its model: " + grouped(target_length) + ".",
                 "engine.speculative_config");
}

std::optional<Diagnostic> refuse_parallel(const Engine& engine) {
  const std::int64_t tp = engine.draft_tensor_parallel_size.value_or(1);
  if (tp == 1 || tp == engine.tensor_parallel_size) return std::nullopt;
  return refusal("draft-tensor-parallel", "A drafter is on one tensor-parallel GPU or on all of the model's.",
                 "engine.speculative_config");
}

}  // namespace vram_gauge
