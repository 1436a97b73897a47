// The V0 engine (up to 0.7, of some GPUs and classes up to 0.10): one table of blocks for all layers, every layer
// charged like full attention (vllm/worker/cache_engine.py:get_cache_block_size,
// vllm/worker/worker.py:raise_if_cache_size_invalid of 0.6 and 0.7).
#pragma once

#include "kv_groups.hpp"

namespace vram_gauge {

bool is_v0(const KvSettings& settings);
std::int64_t v0_block_size(const KvContext& context);
KvGrouping v0_layers(const KvContext& context);

}  // namespace vram_gauge
