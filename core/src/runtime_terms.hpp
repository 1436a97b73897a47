// Everything between the GPU's memory and the KV cache: vLLM's defaults on that GPU, and the named terms of its
// start-up budget, each with a low-high band.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model.hpp"
#include "parallel.hpp"
#include "request.hpp"
#include "vram_gauge/units.hpp"

namespace vram_gauge {

// The engine arguments after vLLM's defaults for this model, GPU and release.
struct Resolved {
  Dtype dtype = Dtype::bfloat16;
  std::int64_t max_model_len = 0;          // what the engine runs with
  std::int64_t derived_max_model_len = 0;  // the model's own limit
  bool auto_fit = false;                   // max_model_len = -1
  std::int64_t max_num_batched_tokens = 0, max_num_seqs = 0;
  double gpu_memory_utilization = 0.92;
  std::string kv_cache_dtype = "auto";
  bool enable_prefix_caching = true, enable_chunked_prefill = true, async_scheduling = true, v2_runner = true;
  bool hybrid_manager = true;
  bool v1_engine = true;  // false: the first engine, up to 0.7 and on old GPUs up to 0.9
  std::int64_t graph_sizes_piecewise = 0, graph_sizes_full = 0, max_graph_size = 0;  // CUDA graphs captured
  bool flashinfer = true;                                                            // samples with FlashInfer
};

// Batch sizes, utilization, prefix caching, runner, graph sizes (vllm/engine/arg_utils.py, vllm/config/vllm.py).
// dtype, max_model_len and kv_cache_dtype are already resolved in `resolved`.
void resolve_defaults(const Model& model, const Request& request, Resolved& resolved);

// Whether a batch below max_model_len is asked for without chunked prefill.
bool has_short_batch(const Engine& engine, const Resolved& resolved);
// What vLLM's configuration refuses of the two.
std::optional<Diagnostic> refuse_settings(const Model& model, const Request& request, const Resolved& resolved);

struct Term {
  std::string_view id;  // "weights", "activation", "cuda_graph", "non_torch", "persistent_buffers" …
  std::int64_t bytes = 0, low = 0, high = 0;
  std::string formula;  // with names: "max_num_seqs × vocab × 14 B + …"
  struct Input {
    std::string_view name;
    std::int64_t value = 0;
  };
  std::vector<Input> inputs;
  std::string_view source;  // vllm file:function, or the logs a constant was calibrated on
  bool in_budget = true;    // false: lives outside gpu_memory_utilization
};

struct Budget {
  std::int64_t total = 0, requested = 0;
  std::vector<Term> terms;
  // For the KV cache, of the one rank asked about; may be negative. Errors of the terms are taken as independent: the
  // band is the root of their squares, not their sum. With kv_cache_memory_bytes all three are that number.
  std::int64_t available = 0, available_low = 0, available_high = 0;
  // What lives outside the budget, and must fit into total - requested.
  std::int64_t outside = 0, outside_low = 0, outside_high = 0;
  std::vector<Note> notes;  // why a band is wide, what was assumed
};

// The budget of a rank of stage `rank.pp` whose module tree holds `loaded` bytes after loading.
Budget plan_budget(const Model& model, const Request& request, const Resolved& resolved, Rank rank, Bytes loaded,
                   const Drafter* drafter = nullptr);

}  // namespace vram_gauge
