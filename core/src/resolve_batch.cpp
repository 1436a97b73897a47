#include <algorithm>

#include "resolve_rules.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

struct Batch {
  std::int64_t tokens, seqs;
};

bool name_has_a100(const Hardware& hardware) {
  if (hardware.name.empty()) return hardware.capability == 80;  // memory and capability of an A100, no name given
  return contains(lower(hardware.name), "a100");
}

// Defaults by the GPU's memory, those of Python's LLM class beside the API server's; whoever else builds an engine gets
// the same on any GPU (vllm/engine/arg_utils.py:EngineArgs.get_batch_defaults, vllm/config/scheduler.py). Up to 0.32
// GB10's memory query fails and AMD's APUs answer with the small carve-out, which makes them small; 0.33 says so for
// GB10.
Batch tier(const Request& request) {
  const Hardware& hardware = request.hardware;
  const std::int64_t gib = hardware.memory_bytes / GiB.count;
  if (request.engine.usage_context == "ENGINE_CONTEXT") return {2048, 128};
  const bool python = request.engine.usage_context == "LLM_CLASS";
  const bool small = is_gb10(hardware) || (hardware.unified_memory && hardware.vendor == "AMD");
  if (small || !request.has_hardware) return {python ? 8192 : 2048, 256};
  if (gib >= 160 && applies(Rule::batched_tokens_160_gib_tier, request.release)) return {16384, 1024};
  if (gib >= 70 && !name_has_a100(hardware)) return {python ? 16384 : 8192, 1024};
  return {python ? 8192 : 2048, 256};
}

// Largest item of multimodal models that attend to a whole image or clip at once and so need it in one batch
// (vllm/engine/arg_utils.py:_get_min_mm_batched_tokens); printed by logs of Gemma 4.
std::int64_t item_floor(const Model& model, const Request& request) {
  const bool takes_items = model.multimodal && !request.engine.mm_limits_zero;
  return takes_items && model.model_type.starts_with("gemma4") ? 2496 : 0;
}

Batch v0_defaults(const Resolved& resolved) {
  return {resolved.enable_chunked_prefill ? 2048 : std::max<std::int64_t>(resolved.max_model_len, 2048), 256};
}

// Every release from 0.8.0 to 0.8.3 takes 1024 sequences on all hardware.
Batch defaults(const Request& request, const Resolved& resolved) {
  if (!resolved.v1_engine) return v0_defaults(resolved);
  Batch batch = tier(request);
  if (request.release < Release{8, 4}) batch.seqs = 1024;
  return batch;
}

}  // namespace

void resolve_batch(const Model& model, const Request& request, Resolved& resolved) {
  const Engine& engine = request.engine;
  Batch batch = defaults(request, resolved);
  if (engine.performance_mode == "throughput") batch = {batch.tokens * 2, batch.seqs * 2};
  if (engine.max_num_seqs) batch.seqs = *engine.max_num_seqs;
  if (engine.max_num_batched_tokens) {
    batch.tokens = *engine.max_num_batched_tokens;
  } else {
    if (!resolved.enable_chunked_prefill) batch.tokens = std::max(batch.tokens, resolved.max_model_len);
    batch.tokens = std::max(batch.tokens, item_floor(model, request));
    if (resolved.v1_engine && resolved.max_model_len < batch.tokens)  // both bounded, so the product cannot overflow
      batch.tokens = std::min(batch.tokens, batch.seqs * resolved.max_model_len);
  }
  if (!engine.max_num_seqs && resolved.v1_engine) batch.seqs = std::min(batch.seqs, batch.tokens);
  if (model.model_type.starts_with("diffusion_gemma") && batch.seqs >= 128) batch.seqs = 8;
  resolved.max_num_batched_tokens = batch.tokens;
  resolved.max_num_seqs = batch.seqs;
}

}  // namespace vram_gauge
