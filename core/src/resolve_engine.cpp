// Which of its two engines vLLM starts: V1 from 0.8 on, unless something asked for works on the first one only
// (vllm/engine/arg_utils.py:EngineArgs._is_v1_supported_oracle of 0.8.0 to 0.10.2).
#include "resolve_rules.hpp"

namespace vram_gauge {
namespace {

// Classes marked vllm/model_executor/models/interfaces.py:SupportsV0Only, from 0.8.0 up to the release given. Those
// with states, of other kinds of encoder and for pooling have rules of their own below.
struct FirstEngineOnly {
  std::string_view architecture;
  Release last;
};

constexpr FirstEngineOnly first_engine_only[] = {
    {"BloomForCausalLM", {10, 1}},
    {"Gemma3ForConditionalGeneration", {8, 0}},
    {"GlmForCausalLM", {8, 4}},
    {"GritLM", {10, 1}},
    {"MiniCPMO", {8, 2}},
    {"MiniCPMV", {8, 2}},
    {"Phi4MMForCausalLM", {8, 4}},
    {"Plamo2ForCausalLM", {10, 1}},
    {"MiniMaxText01ForCausalLM", {10, 0}},
};

bool marked(const Model& model, Release release) {
  if (model.first_engine) return true;
  for (const FirstEngineOnly& row : first_engine_only)
    if (row.architecture == model.architecture) return release <= row.last;
  return false;
}

// FlashAttention 3 reads fp8, on SM90; later SM100's backends do (vllm/platforms/cuda.py:is_kv_cache_dtype_supported).
bool reads_kv_dtype(const Model& model, const Request& request) {
  const Hardware& hardware = request.hardware;
  const std::string dtype =
      request.engine.kv_cache_dtype.value_or("auto");  // a checkpoint's own scheme decides nothing
  if (dtype == "auto") return true;
  if (request.release < Release{8, 2}) return false;
  if (hardware.vendor == "AMD") return request.release >= Release{9, 0};
  const bool fp8 = dtype.starts_with("fp8");
  const bool fits = hardware.capability == 0 || (fp8 && hardware.capability / 10 == 9);
  if (request.release < Release{10, 0}) return fits;
  if (fits || hardware.capability == 100) return true;
  return request.release >= Release{10, 2} && (!fp8 || model.sizes.kv_lora_rank > 0);
}

bool drafts_on_v1(const Request& request) {
  const std::string_view method = request.engine.speculative_method;
  if (method.empty() && request.engine.num_speculative_tokens == 0) return true;
  if (request.release < Release{9, 0}) return false;
  return request.release >= Release{10, 0} || method == "ngram" || method == "medusa" || method == "eagle" ||
         method == "eagle3" || method == "deepseek_mtp" || method == "mtp";
}

bool has_states(const Model& model) { return model.hybrid || model.attention_free; }

}  // namespace

bool uses_v1_engine(const Model& model, const Request& request, const Resolved& resolved) {
  const Release release = request.release;
  const Engine& engine = request.engine;
  if (release < Release{8, 0}) return false;
  if (release >= Release{11, 0}) return true;
  if (marked(model, release)) return false;
  if (!reads_kv_dtype(model, request)) return false;
  if (release >= Release{10, 2}) return true;
  if (has_states(model) || (model.encoder_only && release < Release{10, 1})) return false;
  if (request.has_hardware && request.hardware.capability > 0 && request.hardware.capability < 80) return false;
  if (!drafts_on_v1(request)) return false;
  // On AMD V1 is a choice up to 0.9.1; logs of AMD's builds of 0.9.2 show the first engine too.
  if (request.has_hardware && request.hardware.vendor == "AMD" && release < Release{10, 0}) return false;
  if (release >= Release{9, 2}) return true;
  if (resolved.dtype == Dtype::float32 || model.pooling) return false;
  if (release >= Release{9, 1}) return true;
  if (engine.pipeline_parallel_size > 1) return false;  // of the executors only Ray's did
  if (release >= Release{9, 0}) return true;
  if (model.quantization == "gguf") return false;
  if (release >= Release{8, 3}) return true;
  return engine.cpu_offload_gb == 0 && !engine.enable_lora && model.quantization != "bitsandbytes";
}

}  // namespace vram_gauge
