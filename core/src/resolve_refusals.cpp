// Settings that vLLM's configuration refuses once its defaults are in.
#include "data/architectures.hpp"
#include "format.hpp"
#include "resolve_rules.hpp"

namespace vram_gauge {
namespace {

bool keeps_states(const Model& model) {
  for (const Layer& layer : model.layers)
    for (const Cache& cache : layer.caches)
      if (cache.kind == Cache::Kind::mamba) return true;
  return false;
}

}  // namespace

// vllm/config/scheduler.py:SchedulerConfig.verify_max_model_len
bool has_short_batch(const Engine& engine, const Resolved& resolved) {
  return engine.max_num_batched_tokens && resolved.max_num_batched_tokens < resolved.max_model_len &&
         !resolved.enable_chunked_prefill;
}

std::optional<Diagnostic> refuse_settings(const Model& model, const Request& request, const Resolved& resolved) {
  const Engine& engine = request.engine;
  const std::int64_t tokens = resolved.max_num_batched_tokens;
  if (has_short_batch(engine, resolved) && (resolved.v1_engine || engine.enable_chunked_prefill))
    return refusal("batch-too-small",
                   "Without chunked prefill max_num_batched_tokens must hold max_model_len, " +
                       grouped(resolved.max_model_len) + " tokens.",
                   "engine.max_num_batched_tokens");
  if ((engine.max_num_batched_tokens || engine.max_num_seqs) && tokens < resolved.max_num_seqs)
    return refusal("batch-too-small",
                   "max_num_batched_tokens, " + grouped(tokens) + ", is less than max_num_seqs, " +
                       grouped(resolved.max_num_seqs) + ".",
                   "engine.max_num_batched_tokens");
  // vllm/model_executor/models/config.py:MambaModelConfig; before, in one of two modes only.
  if (request.release >= Release{32, 0} && resolved.enable_prefix_caching && !resolved.enable_chunked_prefill &&
      keeps_states(model))
    return refusal("mamba-prefix-caching", "Prefix caching of states needs chunked prefill.",
                   "engine.enable_chunked_prefill");
  if (!engine.enable_lora || request.release < Release{33, 0}) return std::nullopt;
  const auto facts = find_architecture(model.architecture);
  if (!facts || !facts->has(ArchitectureTrait::unadapted)) return std::nullopt;
  return refusal("lora-unsupported", "vLLM has no LoRA for this architecture.", "engine.enable_lora");
}

}  // namespace vram_gauge
