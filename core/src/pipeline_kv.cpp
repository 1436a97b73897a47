// From the request and its resolved settings to the KV cache planner's, and what the release changed there.
#include <algorithm>
#include <iterator>

#include "pipeline.hpp"
#include "speculation.hpp"

namespace vram_gauge {

Parallel parallel_of(const Engine& e) {
  Parallel p{e.tensor_parallel_size, e.pipeline_parallel_size, e.data_parallel_size, e.decode_context_parallel_size,
             e.prefill_context_parallel_size};
  p.expert_parallel = e.enable_expert_parallel;
  p.load_balanced = e.enable_eplb;
  p.redundant_experts = e.num_redundant_experts;
  return p;
}

KvSettings kv_settings(const Request& request, const Resolved& r, const Parallel& parallel,
                       const std::optional<Drafter>& drafter) {
  KvSettings s;
  s.release = request.release;
  s.parallel = parallel;
  s.model_dtype = r.dtype;
  s.kv_cache_dtype = r.kv_cache_dtype;
  s.max_model_len = r.max_model_len;
  s.max_num_batched_tokens = r.max_num_batched_tokens;
  s.max_num_seqs = r.max_num_seqs;
  s.block_size = request.engine.block_size;
  s.mamba_cache_mode = request.engine.mamba_cache_mode.value_or("");
  s.mamba_cache_dtype = float_dtype(request.engine.mamba_cache_dtype.value_or(""));
  s.mamba_ssm_cache_dtype = float_dtype(request.engine.mamba_ssm_cache_dtype.value_or(""));
  s.prefix_caching = r.enable_prefix_caching;
  s.async_scheduling = r.async_scheduling;
  s.v1_engine = r.v1_engine;
  s.v2_runner = r.v2_runner;
  s.hybrid_manager = r.hybrid_manager;
  s.disable_sliding_window = request.engine.disable_sliding_window;
  s.num_speculative_tokens = request.engine.num_speculative_tokens;
  if (drafter) s.draft = drafter->model, s.draft_kv_cache_dtype = request.engine.draft_kv_cache_dtype.value_or("");
  else if (s.num_speculative_tokens > 0)
    s.draft_layers = speculative_method(request.engine.speculative_method).cache_layers.value_or(-1);
  s.capability = request.hardware.capability;
  s.vendor = request.hardware.vendor;
  return s;
}

KvChanges kv_changes(const Outcome& outcome, const Request& request) {
  KvChanges changes;
  const auto releases = known_releases();
  const auto now = std::find_if(releases.begin(), releases.end(),
                                [&](const KnownRelease& known) { return known.release >= request.release; });
  if (now == releases.begin() || now == releases.end() || outcome.plan.stages.empty() || outcome.available.empty())
    return changes;
  Request before = request;
  before.release = changes.since = std::prev(now)->release;
  Resolved resolved = outcome.built->resolved;
  resolve_defaults(outcome.built->model, before, resolved);
  KvSettings from = kv_settings(before, resolved, outcome.placement.parallel, outcome.drafter);
  from.max_model_len = outcome.kv_settings.max_model_len;
  const Bytes available = outcome.available[outcome.binding];
  return *outcome.built->changes.get({from, outcome.kv_settings, available}, [&] {
    changes.lines = explain_kv_change(outcome.built->model, from, outcome.kv_settings, available);
    return changes;
  });
}

}  // namespace vram_gauge
