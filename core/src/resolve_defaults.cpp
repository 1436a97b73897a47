#include "resolve_rules.hpp"

namespace vram_gauge {
namespace {

bool chunks_prefill(const Model& model, const Request& request, const Resolved& resolved) {
  if (request.engine.enable_chunked_prefill) return *request.engine.enable_chunked_prefill;
  if (model.encoder_only || model.encoder_decoder || model.whole_prompts) return false;
  if (resolved.v1_engine) return true;
  // The first engine: only for long contexts, on CUDA, text models.
  return resolved.max_model_len > 32768 && request.hardware.vendor != "AMD" && !model.multimodal;
}

// vllm/config/model.py:ModelConfig.is_prefix_caching_supported
bool caches_prefixes(const Model& model, const Request& request, const Resolved& resolved) {
  if (request.engine.enable_prefix_caching) return *request.engine.enable_prefix_caching;
  if (!resolved.v1_engine || model.encoder_only || model.encoder_decoder || model.attention_free || model.whole_prompts)
    return false;
  // A hybrid that pools counts as a decoder.
  if (model.hybrid) return model.pooling || applies(Rule::hybrid_prefix_caching_default, request.release);
  return true;
}

// vllm/v1/sample/ops/topk_topp_sampler.py. Up to 0.10.2 FlashInfer samples wherever its package is installed, which
// half of the published logs of those releases show; it is taken as absent, and the band covers both.
bool samples_with_flashinfer(const Request& request) {
  const Hardware& hardware = request.hardware;
  const bool too_old = hardware.capability > 0 && hardware.capability < 75;  // 0 = not told: taken as a recent one
  if (hardware.vendor != "NVIDIA" || too_old || (hardware.sm_count > 0 && hardware.sm_count <= 16)) return false;
  return applies(Rule::flashinfer_sampling_default, request.release);
}

}  // namespace

void resolve_defaults(const Model& model, const Request& request, Resolved& resolved) {
  const Engine& engine = request.engine;
  resolved.v1_engine = uses_v1_engine(model, request, resolved);
  resolved.v2_runner = uses_v2_runner(model, request, resolved.v1_engine);
  resolved.async_scheduling = schedules_async(model, request, resolved.v2_runner);
  resolved.gpu_memory_utilization =
      engine.gpu_memory_utilization.value_or(applies(Rule::utilization_default_092, request.release) ? 0.92 : 0.90);
  resolved.enable_chunked_prefill = chunks_prefill(model, request, resolved);
  resolved.enable_prefix_caching = caches_prefixes(model, request, resolved);
  resolved.hybrid_manager = !engine.disable_hybrid_kv_cache_manager;
  resolved.flashinfer = samples_with_flashinfer(request);
  resolve_batch(model, request, resolved);
  resolve_graph_sizes(model, request, resolved);
}

}  // namespace vram_gauge
