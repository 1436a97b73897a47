#include "resolve_rules.hpp"
#include "speculation.hpp"

namespace vram_gauge {
namespace {

// Architectures that were among the first on the V2 runner, from the given minor release on until the rule became
// general: the mixtures of experts and hybrids that 0.25 would otherwise leave on V1, and the dense ones of 0.22 to
// 0.24.
struct Early {
  std::string_view architecture;
  int minor;
};

constexpr Early early[] = {
    {"Qwen3ForCausalLM", 22},
    {"LlamaForCausalLM", 23},
    {"MistralForCausalLM", 23},
    {"DeepseekV2ForCausalLM", 24},
    {"Qwen2MoeForCausalLM", 24},
    {"GraniteMoeForCausalLM", 24},
    {"InklingForCausalLM", 26},
    {"InklingForConditionalGeneration", 26},
    {"LongcatFlashNgramForCausalLM", 26},
    {"KimiK3ForCausalLM", 27},
    {"KimiK3ForConditionalGeneration", 27},
    {"DeepseekV4ForCausalLM", 28},
};

bool listed_early(std::string_view architecture, Release release) {
  for (const Early& row : early)
    if (row.architecture == architecture) return release.minor >= row.minor;
  return false;
}

bool early_default(const Model& model, const Request& request) {
  const Release release = request.release;
  if (!applies(Rule::v2_runner_some_models, release) || model.pooling) return false;
  const bool listed = listed_early(model.architecture, release);
  if (release.minor < 24) return listed && model.quantization.empty();
  if (release.minor == 24) return listed;
  if (model.attention_free || (model.hybrid && !(listed && release.minor >= 27))) return false;
  return listed || model.sizes.experts == 0;
}

bool v2_lacks_feature(const Request& request) {
  const Engine& engine = request.engine;
  const V2Drafts drafts = speculative_method(engine.speculative_method).v2_runner;
  // 0.29 moved most models before most draft methods.
  const bool late =
      drafts == V2Drafts::after_29 || (drafts == V2Drafts::after_29_in_stages && engine.pipeline_parallel_size > 1);
  const bool parallel =
      engine.parallel_drafting && engine.speculative_method != "dflash" && engine.speculative_method != "dspark";
  if (parallel || engine.heterogeneous_vocabulary) return true;
  return drafts == V2Drafts::never || (late && request.release.minor <= 29);
}

}  // namespace

bool uses_v2_runner(const Model& model, const Request& request, bool v1_engine) {
  if (!v1_engine || v2_lacks_feature(request)) return false;
  if (!applies(Rule::v2_runner_all_models, request.release))
    return early_default(model, request) ||
           (request.engine.speculative_method == "dspark" && request.release.minor >= 25);
  return !(request.hardware.vendor == "AMD" && request.release.minor == 29 &&
           (model.architecture == "DeepseekV32ForCausalLM" || model.architecture == "DeepseekV4ForCausalLM"));
}

bool schedules_async(const Model& model, const Request& request, bool v2_runner) {
  if (request.engine.async_scheduling) return *request.engine.async_scheduling;
  if (model.pooling || request.release < Release{14, 0}) return false;
  if (speculative_method(request.engine.speculative_method).async_on_v2_only) return v2_runner;
  return v2_runner || request.engine.pipeline_parallel_size == 1 || request.release < Release{31, 0};
}

}  // namespace vram_gauge
