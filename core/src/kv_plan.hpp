// vLLM's KV cache planner: layer groups, page sizes, bytes per block, blocks, tokens, concurrency, and the exact block
// arithmetic of a workload. Pure integers, by release (vllm/v1/core/kv_cache_planning.py, kv_cache_utils.py,
// vllm/v1/kv_cache_interface.py). Memory model §2 and §3.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parallel.hpp"
#include "vram_gauge/result.hpp"
#include "vram_gauge/units.hpp"

namespace vram_gauge {

// What besides the model decides the KV cache; all of it resolved (no defaults left open).
struct KvSettings {
  Release release;
  Parallel parallel;
  Dtype model_dtype = Dtype::bfloat16;
  std::string kv_cache_dtype = "auto";  // after the checkpoint's own scheme and platform defaults
  std::int64_t max_model_len = 0;
  std::int64_t max_num_batched_tokens = 0;
  std::int64_t max_num_seqs = 0;
  std::optional<std::int64_t> block_size;  // the user's
  // The user's; "" and none = auto: states of the model's dtype, or as their layers say.
  std::string mamba_cache_mode;
  std::optional<Dtype> mamba_cache_dtype, mamba_ssm_cache_dtype;
  bool prefix_caching = true;
  bool async_scheduling = true;
  bool v1_engine = true;  // false: the first engine
  bool v2_runner = true;
  bool hybrid_manager = true;
  bool disable_sliding_window = false;
  std::int64_t num_speculative_tokens = 0;
  std::int64_t draft_layers = 0;       // that the drafter adds, like the model's full-attention layers; -1 = unknown
  std::shared_ptr<const Model> draft;  // another checkpoint's, whose layers join
  std::string draft_kv_cache_dtype;    // "" = the model's
  int capability = 0;                  // 90 for 9.0; 0 = not CUDA
  std::string vendor = "NVIDIA";
  std::bitset<128> flipped;  // rules taken against the release, to see what each one changes
  struct Asked {             // rules that plans asked about: no other one changes them
    mutable std::bitset<128> rules;
    bool operator==(const Asked&) const { return true; }
  } asked;

  bool operator==(const KvSettings&) const = default;

  bool holds(Rule rule) const {
    asked.rules.set(static_cast<std::size_t>(rule));
    return applies(rule, release) != flipped[static_cast<std::size_t>(rule)];
  }
};

struct KvGroup {
  std::string_view kind;  // "full", "sliding", "chunked", "mla", "sliding_mla", "mamba", "cross", "uniform"
  std::int64_t layers = 0;
  std::int64_t block_size = 0;
  std::int64_t page_size_bytes = 0;  // of one layer; of a "uniform" group the sum over its layers
  std::int64_t window = 0;
  std::int64_t blocks_at_max_len = 0;  // blocks one request of max_model_len takes
};

inline constexpr std::int64_t no_limit = std::int64_t{1} << 62;

// Blocks of one sequence in `groups` groups that are alike. A start-up request of n tokens is charged
// ceil(min(ceil(n / shards), start_tokens) / block_size) + start_extra; a running sequence of n tokens holds
// min(ceil(n / (block_size * shards)), running_blocks) + fixed_blocks, and while it is admitted peak_blocks instead.
struct KvDemand {
  std::int64_t groups = 1;
  std::int64_t block_size = 16, shards = 1;
  std::int64_t start_tokens = no_limit, start_extra = 0;
  std::int64_t running_blocks = no_limit, peak_blocks = no_limit, fixed_blocks = 0;

  bool operator==(const KvDemand&) const = default;
  std::int64_t at_start(std::int64_t tokens) const;
  std::int64_t running(std::int64_t tokens) const;
  std::int64_t peak(std::int64_t tokens) const;
  bool grows() const { return running_blocks == no_limit; }
};

// One pipeline stage's plan. Ranks of a stage are alike.
struct KvStage {
  std::vector<KvGroup> groups;       // with this stage's layers only
  std::int64_t bytes_per_block = 0;  // 0: the stage has no layer with a cache, and binds nothing
  std::int64_t bytes_per_need =
      0;  // what the start-up test charges a block of a request (DeepSeek-V4 up to 0.28: more)
};

struct KvPlan {
  std::vector<KvStage> stages;
  std::vector<KvGroup> groups;          // as the engine core logs them: the whole model's (to 0.32 the first stage's)
  std::vector<KvDemand> demands;        // of all groups, alike ones counted together
  std::int64_t block_size = 0;          // cache_config.block_size after alignment
  std::int64_t bytes_per_token = 0;     // of the full-context layers, per token on the worst stage; 0 without any
  std::int64_t bytes_per_sequence = 0;  // windows and states of one long sequence, on the worst stage
  std::int64_t log_blocks = 0;          // divisor of the logged concurrency: blocks of one request of max_model_len
  std::optional<Diagnostic> refused;
  std::vector<std::string> inexact;  // why this is an estimate
  bool no_cache = false;             // encoder-only or attention-free: nothing to plan
};

// The pool that given bytes per stage make.
struct KvPool {
  std::int64_t blocks = 0;
  std::int64_t tokens = 0;     // as vLLM prints it
  double max_concurrency = 0;  // as vLLM prints it
  bool starts = false;         // one request of max_model_len fits
  std::int64_t max_model_len_that_fits =
      0;                     // what vLLM suggests: on the first stage that fails; 0 = not even one token
  std::int64_t longest = 0;  // what fits on every stage: auto-fit's pick
};

KvPlan plan_kv_cache(const Model& model, const KvSettings& settings);

// `available` per pipeline stage, one entry or one a stage; `blocks_override` as --num-gpu-blocks-override.
KvPool size_kv_pool(const KvPlan& plan, const KvSettings& settings, const std::vector<Bytes>& available,
                    std::optional<std::int64_t> blocks_override = {});

// Blocks that one running sequence of `tokens` holds (over all groups), the scheduler's own accounting
// (vllm/v1/core/single_type_kv_cache_manager.py): blocks behind a window are freed.
std::int64_t blocks_of_sequence(const KvPlan& plan, const KvSettings& settings, std::int64_t tokens);

// And while its prompt comes in: windows keep the batches in flight, states a checkpoint.
std::int64_t blocks_to_admit(const KvPlan& plan, std::int64_t tokens);

// Bytes that one GiB more of KV cache on every GPU buys, in tokens of context of full-context layers; 0 without any.
std::int64_t tokens_per_gib(const KvPlan& plan);

// Sequences of `tokens` that run at once in a pool of `blocks` (one of them the null block) without queueing or
// preemption: all but the last one decode, the last one is being admitted, with the window blocks that its prefill
// holds. max_num_seqs is the caller's limit. The longest context (at most max_model_len, 0 = none) at which `sequences`
// do.
std::int64_t sequences_at(const KvPlan& plan, const KvSettings& settings, std::int64_t blocks, std::int64_t tokens);
std::int64_t context_at(const KvPlan& plan, const KvSettings& settings, std::int64_t blocks, std::int64_t sequences);

// One line for each rule that makes the KV cache differ between two settings of the same model (another release and
// what it resolves), in the order of releases, with its effect on the tokens that `available` bytes a GPU hold.
std::vector<std::string> explain_kv_change(const Model& model, const KvSettings& from, const KvSettings& to,
                                           Bytes available);

}  // namespace vram_gauge
