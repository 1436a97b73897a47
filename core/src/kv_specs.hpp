// What each attention-like layer asks of the KV cache on one rank: the page of one block, and the blocks one request
// takes (vllm/v1/kv_cache_interface.py). Memory model §2.
#pragma once

#include "kv_dtype.hpp"
#include "kv_plan.hpp"

namespace vram_gauge {

// How state caches serve prefix caching (vllm/config/cache.py:MambaCacheMode): not at all, one state at the last whole
// block, one at every block. `pages` is what releases before the modes do: max_model_len / block states.
enum class MambaMode : std::uint8_t { none, align, all, pages };

// What the settings come to for every layer; made once a plan.
struct KvContext {
  const Model& model;
  const KvSettings& settings;
  const KvDtype& dtype;
  MambaMode mamba_mode = MambaMode::none;
  std::int64_t block_size = 16;  // cache_config.block_size, after alignment
  std::int64_t mamba_page = 0;   // what states are padded to; 0 = nothing
  std::int64_t skip_page = 0;    // what layers that stay in model dtype are padded to; 0 = nothing
  std::int64_t in_flight = 0;    // tokens scheduled but not settled, of windows
  std::int64_t shards = 1;       // ranks over which the tokens of a sequence are divided
  std::int64_t first_layer = 0, last_layer = no_limit;  // of the pipeline stage that chooses its block size
  bool sparse_mla = false;

  bool holds(Rule rule) const { return settings.holds(rule); }
};

KvContext kv_context(const Model& model, const KvSettings& settings, const KvDtype& dtype);

// One layer's cache on one rank. Equal specs share a bucket.
struct KvSpec {
  Cache::Kind kind = Cache::Kind::full;
  Cache::Mixer mixer = Cache::Mixer::none;
  std::int64_t block_size = 16;  // tokens
  std::int64_t heads = 1;
  std::int64_t head_size = 0, head_size_v = 0;
  std::int64_t entry_bytes = 0;  // of one head and entry
  std::int64_t tokens_per_entry = 1;
  std::int64_t window = 0;
  std::int64_t state_bytes = 0;  // mamba
  std::int64_t checkpoint_blocks = 0;
  std::int64_t page_alignment = 1, padded_page = 0;
  std::int64_t stride_alignment = 1;  // bytes
  std::int64_t kernel_tokens = 0;     // blocks are read as kernel blocks of up to so many tokens; 0 = whole
  bool by_stride = false;             // to 0.28: pages are read by block stride, so they may be padded

  bool operator==(const KvSpec&) const = default;
  std::int64_t page() const;
  // Bytes that the distance of two blocks must be a multiple of.
  std::int64_t block_stride_alignment() const;
  bool is_full() const { return kind == Cache::Kind::full || kind == Cache::Kind::mla; }
};

KvSpec kv_spec(const Cache& cache, std::int64_t layer, const KvContext& context);

// Bytes of a mamba cache's states on one rank.
std::int64_t state_bytes(const Cache& cache, const KvContext& context);
// Bytes of one token on one head of a cache; the dtype of layers that ignore or skip kv_cache_dtype is the model's.
std::int64_t entry_bytes(const Cache& cache, const KvContext& context, bool skipped = false);
// Whether a layer stays in model dtype although the cache is quantized (turboquant, ultraquant: two at each end of a
// model that is not hybrid).
bool skips_kv_dtype(std::int64_t layer, const KvContext& context);

// Whether prefills of this model's gated delta net layers export states: FlashInfer runs them (on Blackwell with CUDA
// 13, which the release's wheels bring) and every state layer of the model can
// (vllm/model_executor/layers/mamba/abstract.py:get_mamba_prefill_checkpoint_alignment).
bool can_checkpoint(const KvContext& context);

// Blocks of one request on a group of this spec.
KvDemand kv_demand(const KvSpec& spec, const KvContext& context);

}  // namespace vram_gauge
