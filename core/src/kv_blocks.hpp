// How many tokens a block holds: what the attention backends' kernels take, vLLM's default, and the enlargement that
// makes an attention page as large as a state (vllm/platforms/interface.py:update_block_size_for_backend). Memory
// model §2.8, §2.9.
#pragma once

#include "kv_specs.hpp"

namespace vram_gauge {

// The kernel blocks of one cache's backend: multiples of sizes[0], or exactly the sizes listed, ascending.
struct KernelBlocks {
  std::int64_t sizes[3] = {16, 0, 0};
  int count = 1;
  bool multiples = true;

  std::int64_t smallest() const { return sizes[0]; }
  std::int64_t largest() const { return sizes[count - 1]; }
  // The block manager's blocks may be split into kernel blocks.
  bool divides(std::int64_t block) const;
};

KernelBlocks kernel_blocks(const Cache& cache, const KvContext& context);

// Sets context.block_size, mamba_page and skip_page.
void choose_block_size(KvContext& context);

// Tokens a block of a sliding-window layer starts with, before pages are unified.
std::int64_t window_block_size(const Cache& cache, std::int64_t bytes_per_token, const KvContext& context);

}  // namespace vram_gauge
