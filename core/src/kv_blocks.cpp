#include "kv_blocks.hpp"

#include <algorithm>
#include <numeric>

#include "vram_gauge/units.hpp"

namespace vram_gauge {
namespace {

using Kind = Cache::Kind;
using Mixer = Cache::Mixer;

constexpr std::int64_t kDefault = 16;  // vllm/config/cache.py:CacheConfig.DEFAULT_BLOCK_SIZE

KernelBlocks multiples_of(std::int64_t size) { return {{size, 0, 0}, 1, true}; }
KernelBlocks exactly(std::int64_t size) { return {{size, 0, 0}, 1, false}; }

bool is_family(const KvContext& c, int major) {
  return c.settings.vendor != "AMD" && c.settings.capability / 10 == major;
}

// The caches of the stage's kinds of layers.
template <class Visit>
void each_cache(const KvContext& c, Visit visit) {
  for (const Layer& layer : c.model.layers)
    if (count_between(layer, c.first_layer, c.last_layer) > 0)
      for (const Cache& cache : layer.caches) visit(cache);
}

bool is_attention(const Cache& cache) { return cache.kind != Kind::mamba && cache.kind != Kind::circular; }

// The attention cache of the stage's first layer that has one of no forced block size; none in a stage without.
const Cache* first_attention(const KvContext& c) {
  const Cache* found = nullptr;
  std::int64_t at = no_limit;
  for (const Layer& layer : c.model.layers) {
    const auto number = std::lower_bound(layer.numbers.begin(), layer.numbers.end(), c.first_layer);
    if (number == layer.numbers.end() || *number >= std::min(at, c.last_layer)) continue;
    const auto usable = [](const Cache& cache) { return is_attention(cache) && !cache.block_size; };
    const auto cache = std::find_if(layer.caches.begin(), layer.caches.end(), usable);
    if (cache != layer.caches.end()) found = &*cache, at = *number;
  }
  return found;
}

// vllm/v1/attention/backends/mla/*.py
KernelBlocks mla_blocks(const KvContext& c) {
  const bool quantized = c.dtype.quantized();
  if (c.sparse_mla) {
    return multiples_of(is_family(c, 10) && quantized ? 32 : 64);
  }
  if (is_family(c, 10)) return {{32, 64, 0}, 2, false};
  return is_family(c, 9) && quantized ? exactly(64) : multiples_of(16);
}

// Sparse indexers score pages of 64 entries, or 32 where several tokens share one
// (vllm/v1/attention/backends/mla/indexer.py).
KernelBlocks indexer_blocks(const Cache& cache, const KvContext& c) {
  if (!c.sparse_mla || c.settings.vendor == "AMD") return multiples_of(16);
  const std::int64_t tokens = cache.tokens_per_entry;
  return tokens == 1 || is_family(c, 12) ? exactly(64 * tokens) : KernelBlocks{{32 * tokens, 64 * tokens, 0}, 2, false};
}

// Whether FlashInfer is what attends: first on SM100, and the one that reads fp8 where FlashAttention 3 does not, and
// nvfp4 (vllm/platforms/cuda.py:_get_backend_priorities).
bool is_flashinfer(const Cache& cache, const KvContext& c) {
  if (c.settings.vendor == "AMD" || cache.kind == Kind::cross || cache.head_size > 256) return false;
  if (is_family(c, 10) || c.dtype.packing == KvDtype::Packing::nvfp4) return true;
  if (c.dtype.packing != KvDtype::Packing::one_byte) return false;
  return is_family(c, 8) || is_family(c, 12) || (is_family(c, 9) && c.dtype.name == "fp8_e5m2");
}

// Up to 0.17 the platform set MLA's block size by itself (vllm/platforms/cuda.py:check_and_update_config): FlashMLA's,
// on SM100 CUTLASS's or FlashInfer's.
std::int64_t forced_mla_block(const KvContext& c) {
  if (c.sparse_mla || is_family(c, 9)) return 64;
  const bool blackwell = is_family(c, 10) && (c.settings.capability == 100 || c.holds(Rule::mla_cutlass_sm103));
  if (!blackwell || !c.holds(Rule::mla_cutlass_sm100)) return kDefault;
  return c.holds(Rule::mla_flashinfer_sm100) && c.model.sizes.nope_dim == 128 ? 64 : 128;
}

// What it made of --block-size: sparse attention has one size only, FlashInfer takes 32 too.
std::int64_t allowed_block(std::int64_t given, const KvContext& c) {
  const Cache* first = first_attention(c);
  if (c.holds(Rule::mla_block_size_from_backend) || !first || first->kind != Kind::mla) return given;
  const std::int64_t forced = forced_mla_block(c);
  if (forced == kDefault) return given;
  if (c.sparse_mla) return forced;
  const bool kept = c.holds(Rule::mla_block_size_multiples) && given % forced == 0;
  return kept || (given == 32 && forced == 64 && is_family(c, 10)) ? given : forced;
}

std::int64_t preferred(const KernelBlocks& blocks) { return blocks.divides(kDefault) ? kDefault : blocks.smallest(); }

// The least common multiple of all backends' smallest kernel blocks: the smallest block that suits every one, larger
// sizes of a list being multiples of the smallest (vllm/platforms/interface.py:_preferred_block_size_for_backends).
std::int64_t every_smallest_block(const KvContext& c) {
  std::int64_t unit = 1;
  each_cache(c, [&](const Cache& cache) {
    if (is_attention(cache) && !cache.block_size) unit = std::lcm(unit, kernel_blocks(cache, c).smallest());
  });
  return unit;
}

std::int64_t default_block(const KvContext& c) {
  const Cache* first = first_attention(c);
  if (!first) return kDefault;
  if (!c.holds(Rule::mla_block_size_from_backend)) return first->kind == Kind::mla ? forced_mla_block(c) : kDefault;
  if (c.model.hybrid && !c.holds(Rule::hybrid_alignment_smallest_kernel)) return kDefault;
  if (!c.holds(Rule::block_size_suits_all_backends)) {
    // An indexer takes 64 only, whichever backend the layer's attention has.
    return std::max(preferred(kernel_blocks(*first, c)), c.sparse_mla ? std::int64_t{64} : 0);
  }
  return std::lcm(kDefault, every_smallest_block(c));
}

// Block alignment that states exported from inside a prefill force.
std::int64_t checkpoint_alignment(const KvContext& c) {
  std::int64_t alignment = 1;
  each_cache(c, [&](const Cache& cache) {
    if (cache.mixer == Mixer::gated_delta_net && can_checkpoint(c)) alignment = 64;
  });
  return alignment;
}

// Tokens that the attention kernels' blocks are multiples of, before states are looked at.
std::int64_t hybrid_unit(const Cache& attention, const KvContext& c) {
  const bool mla = attention.kind == Kind::mla;
  const bool wide = c.holds(Rule::hybrid_alignment_32_sm100) && is_family(c, 10) && attention.head_size == 256;
  if (!c.holds(Rule::hybrid_alignment_smallest_kernel)) return mla ? 64 : wide ? 32 : 16;
  std::int64_t unit = std::max(kernel_blocks(attention, c).smallest(), c.block_size);
  if (mla && c.holds(Rule::hybrid_mla_alignment_128)) unit = std::max<std::int64_t>(unit, 128);
  if (c.mamba_mode == MambaMode::align) unit = std::lcm(unit, checkpoint_alignment(c));
  return unit;
}

// vllm/platforms/interface.py:_align_hybrid_block_size (to 0.19: vllm/model_executor/models/config.py).
void align_hybrid(KvContext& c) {
  const Cache* attention = nullptr;
  std::int64_t state = 0;
  for (const Layer& layer : c.model.layers)  // of the whole model: the sizes are the model class's
    for (const Cache& cache : layer.caches) {
      if (cache.kind == Kind::mamba) state = std::max(state, state_bytes(cache, c));
      else if (!attention && is_attention(cache) && !cache.block_size && !cache.fixed_bytes) attention = &cache;
    }
  const Cache& uncached = c.model.uncached_attention;
  if (!attention && uncached.head_size > 0) attention = &uncached;
  if (!attention || state == 0 || (!first_attention(c) && attention != &uncached)) return;
  // The config's head size counts twice, whatever the layer's values are; sparse MLA's packed rows count as fp8.
  Cache plain = *attention;
  if (plain.kind != Kind::mla) plain.head_size_v = plain.head_size;
  const bool packed_row = c.dtype.packing == KvDtype::Packing::ds_mla || (c.sparse_mla && c.dtype.quantized());
  const std::int64_t token = plain.kind == Kind::mla && packed_row
                                 ? plain.head_size
                                 : share(plain.kv_heads, c.settings.parallel.tp) * entry_bytes(plain, c);
  if (token == 0) return;
  const std::int64_t unit = hybrid_unit(*attention, c);
  std::int64_t block = unit * ceil_div(state, unit * token);
  if (c.mamba_mode == MambaMode::all) {
    const std::int64_t chunk =
        std::lcm(c.model.sizes.mamba_chunk > 0 ? c.model.sizes.mamba_chunk : std::int64_t{2048}, unit);
    block = round_up(ceil_div(state, token), chunk);
  }
  if (c.holds(Rule::hybrid_alignment_all_backends)) block = round_up(block, every_smallest_block(c));
  c.block_size = std::max(c.block_size, block);
  c.mamba_page = c.block_size * token;
}

// Layers that stay in model dtype share the pool with quantized ones, whose blocks grow until a page of theirs covers
// one of the others (vllm/platforms/interface.py:_align_heterogeneous_kv_block_size). How wide a quantized token is
// says the first layer's backend, which knows no packing where that layer is one of the others.
void align_skipped(KvContext& c) {
  const Cache* first = first_attention(c);
  if (!first || !skips_kv_dtype(0, c) || !c.holds(Rule::kv_skip_layers_aligned)) return;
  const std::int64_t heads = share(first->kv_heads, c.settings.parallel.tp);
  const std::int64_t small = heads * (skips_kv_dtype(c.first_layer, c) ? 2 * first->head_size : entry_bytes(*first, c)),
                     large = heads * entry_bytes(*first, c, true);
  if (small == large || small == 0) return;
  const std::int64_t kernel = kernel_blocks(*first, c).smallest(), unit = std::max(kernel, c.block_size);
  c.block_size = std::max(c.block_size, unit * ceil_div(std::max(large * kernel, c.mamba_page), unit * small));
  c.skip_page = c.block_size * small;
  if (c.mamba_page) c.mamba_page = c.skip_page;
}

}  // namespace

bool KernelBlocks::divides(std::int64_t block) const {
  for (int i = 0; i < count; ++i)
    if (block % sizes[i] == 0) return true;
  return false;
}

KernelBlocks kernel_blocks(const Cache& cache, const KvContext& c) {
  if (cache.kernel_block) return exactly(cache.kernel_block);
  if (cache.kind == Kind::mla) return cache.fixed_bytes ? indexer_blocks(cache, c) : mla_blocks(c);
  switch (c.dtype.packing) {
    case KvDtype::Packing::turboquant:
      return multiples_of(16);
    case KvDtype::Packing::ultraquant:
      return exactly(64);
    default:
      break;
  }
  // FlashAttention 4 reads fp8 keys of 512 in tiles of 64 tokens (vllm/v1/attention/backends/flash_attn.py).
  if (c.holds(Rule::fp8_keys_of_512_in_64) && is_family(c, 9) && cache.head_size == 512 && !cache.model_dtype &&
      (c.dtype.name == "fp8" || c.dtype.name == "fp8_e4m3"))
    return exactly(64);
  return is_flashinfer(cache, c) ? KernelBlocks{{16, 32, 64}, 3, false} : multiples_of(16);
}

std::int64_t window_block_size(const Cache& cache, std::int64_t bytes_per_token, const KvContext& c) {
  if (cache.block_size || bytes_per_token == 0) return cache.block_size ? cache.block_size : c.block_size;
  const KernelBlocks blocks = kernel_blocks(cache, c);
  if (c.holds(Rule::window_block_smallest_kernel) && !c.skip_page) return blocks.smallest();
  if (!c.holds(Rule::window_block_smallest_kernel) && !c.holds(Rule::window_block_largest_kernel)) return c.block_size;
  const std::int64_t fitting = (c.skip_page ? c.skip_page : c.block_size * bytes_per_token) / bytes_per_token;
  if (blocks.multiples) return std::max(blocks.sizes[0], fitting / blocks.sizes[0] * blocks.sizes[0]);
  std::int64_t best = blocks.smallest();
  for (int i = 0; i < blocks.count; ++i)
    if (blocks.sizes[i] <= fitting) best = blocks.sizes[i];
  return best;
}

void choose_block_size(KvContext& c) {
  c.block_size = c.settings.block_size ? allowed_block(*c.settings.block_size, c) : default_block(c);
  if (c.model.hybrid) align_hybrid(c);
  align_skipped(c);
}

}  // namespace vram_gauge
