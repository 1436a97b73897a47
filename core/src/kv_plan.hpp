// vLLM's KV cache planner: layer groups, page sizes, bytes per block, blocks, tokens, concurrency, and the exact block
// arithmetic of a workload. Pure integers, by release (vllm/v1/core/kv_cache_planning.py, kv_cache_utils.py,
// vllm/v1/kv_cache_interface.py). Memory model §2 and §3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parallel.hpp"

namespace vram_gauge {

// What besides the model decides the KV cache; all of it resolved (no defaults left open).
struct KvSettings {
  Release release;
  Parallel parallel;
  Dtype model_dtype = Dtype::bfloat16;
  std::string_view kv_cache_dtype = "auto";  // after the checkpoint's own scheme and platform defaults
  std::int64_t max_model_len = 0;
  std::int64_t max_num_batched_tokens = 0;
  std::int64_t max_num_seqs = 0;
  std::optional<std::int64_t> block_size;    // the user's
  bool prefix_caching = true;
  bool async_scheduling = true;
  bool v2_runner = true;
  bool hybrid_manager = true;
  bool disable_sliding_window = false;
  std::int64_t num_speculative_tokens = 0;
  int capability = 0;                        // 90 for 9.0; 0 = not CUDA
  std::int64_t memory_bytes = 0;             // of the GPU
  std::string_view vendor = "NVIDIA";
};

struct KvGroup {
  std::string_view kind;  // "full", "sliding", "chunked", "mla", "sliding_mla", "mamba", "cross", "uniform"
  std::int64_t layers = 0;
  std::int64_t block_size = 0;
  std::int64_t page_size_bytes = 0;  // of one layer; of a "uniform" group the sum over its layers
  std::int64_t window = 0;
  std::int64_t blocks_at_max_len = 0;  // blocks one request of max_model_len takes
};

// One pipeline stage's plan. Ranks of a stage are alike.
struct KvStage {
  std::vector<KvGroup> groups;
  std::int64_t bytes_per_block = 0;
};

struct KvPlan {
  std::vector<KvStage> stages;
  std::vector<KvGroup> groups;      // the whole model's
  std::int64_t block_size = 0;      // cache_config.block_size after alignment
  std::int64_t bytes_per_token = 0; // of the full-context layers, per token on the worst stage; 0 without any
  std::int64_t bytes_per_sequence = 0;  // windows and states of one long sequence, on the worst stage
  std::optional<Diagnostic> refused;
  std::vector<std::string> inexact;  // why this is an estimate
  bool no_cache = false;             // encoder-only or attention-free: nothing to plan
};

// The pool that given bytes per stage make.
struct KvPool {
  std::int64_t blocks = 0;
  std::int64_t tokens = 0;            // as vLLM prints it
  double max_concurrency = 0;         // as vLLM prints it
  bool starts = false;                // one request of max_model_len fits
  std::int64_t max_model_len_that_fits = 0;  // what vLLM suggests (or auto-fit picks); 0 = not even one token
};

KvPlan plan_kv_cache(const Model& model, const KvSettings& settings);

// `available` per pipeline stage, one entry or one a stage; `blocks_override` as --num-gpu-blocks-override.
KvPool size_kv_pool(const KvPlan& plan, const KvSettings& settings, const std::vector<Bytes>& available,
                    std::optional<std::int64_t> blocks_override = {});

// Blocks that one running sequence of `tokens` holds (over all groups), the scheduler's own accounting.
std::int64_t blocks_of_sequence(const KvPlan& plan, const KvSettings& settings, std::int64_t tokens);

// Sequences of `tokens` that run at once in a pool of `blocks` (one of them the null block), and the longest context
// at which `sequences` run at once (at most max_model_len).
std::int64_t sequences_at(const KvPlan& plan, const KvSettings& settings, std::int64_t blocks, std::int64_t tokens);
std::int64_t context_at(const KvPlan& plan, const KvSettings& settings, std::int64_t blocks, std::int64_t sequences);

}  // namespace vram_gauge
