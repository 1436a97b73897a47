#include "kv_specs.hpp"

#include <algorithm>
#include <numeric>

#include "kv_blocks.hpp"
#include "kv_legacy.hpp"
#include "vram_gauge/units.hpp"

namespace vram_gauge {
namespace {

using Kind = Cache::Kind;
using Mixer = Cache::Mixer;
using Packing = KvDtype::Packing;

// Prefix caching decides the mode (vllm/model_executor/models/config.py:MambaModelConfig).
MambaMode mamba_mode(const Model& model, const KvSettings& s) {
  if (!s.holds(Rule::mamba_modes)) return MambaMode::pages;
  if (!s.prefix_caching) return MambaMode::none;
  if (!s.holds(Rule::mamba_mode_all_by_default) || s.mamba_cache_mode == "align") return MambaMode::align;
  for (const Layer& layer : model.layers)
    for (const Cache& cache : layer.caches)
      if (cache.kind == Kind::mamba && cache.mixer != Mixer::mamba1 && cache.mixer != Mixer::mamba2 &&
          cache.mixer != Mixer::short_conv)
        return MambaMode::align;
  return MambaMode::all;
}

// vllm/config/vllm.py:VllmConfig.max_in_flight_tokens
std::int64_t in_flight_tokens(const KvSettings& s) {
  if (!s.holds(Rule::window_in_flight_batches)) return s.max_num_batched_tokens;
  const std::int64_t pp = s.parallel.pp;
  const std::int64_t batches = !s.async_scheduling ? pp : s.v2_runner ? pp + 1 : pp == 1 ? 2 : pp;
  return batches * s.max_num_batched_tokens;
}

std::int64_t power_of_two(std::int64_t least) {
  std::int64_t value = 1;
  while (value < least) value *= 2;
  return value;
}

std::int64_t ring_rows(const Cache& cache, std::int64_t speculative) {
  const std::int64_t rows = cache.block_size;
  if (cache.ring == Cache::Ring::power_of_two) return std::max(rows, power_of_two(speculative + 2));
  const std::int64_t times = ceil_div(rows + speculative, rows);
  return rows * (cache.ring == Cache::Ring::multiples ? times : power_of_two(times));
}

// One more state a request where a prefill can leave one inside (num_prefill_checkpoint_blocks).
std::int64_t checkpoint_blocks(const Cache& cache, const KvContext& c) {
  if (c.mamba_mode != MambaMode::align) return 0;
  const int major = c.settings.vendor == "AMD" ? 0 : c.settings.capability / 10;
  const bool recent = major == 9 || major == 10 || major == 12;
  if (cache.mixer == Mixer::mamba2) return c.holds(Rule::mamba2_checkpoint_block);
  if (cache.mixer == Mixer::kda)
    return cache.checkpoints && recent && c.holds(Rule::kda_checkpoint_block) &&
           c.settings.model_dtype == Dtype::bfloat16;
  return cache.checkpoints && c.holds(Rule::gdn_checkpoint_block) && can_checkpoint(c);
}

// Whether FlashInfer, which keeps fp8 as it is, attends for sparse MLA on SM100 (vllm/platforms/cuda.py:
// _get_backend_priorities).
bool flashinfer_sparse(const KvContext& c) {
  if (c.holds(Rule::sparse_mla_fp8_by_backend)) return true;
  return c.holds(Rule::sparse_mla_fp8_by_heads) && c.model.sizes.heads / c.settings.parallel.tp <= 16;
}

// The same on SM90, where FlashMLA takes "fp8" only, and FlashInfer comes first for vectors without a rotary part.
bool flashinfer_sparse_sm90(const KvContext& c) {
  return c.holds(Rule::sparse_mla_sm90_flashinfer) && (c.dtype.name != "fp8" || c.model.sizes.rope_dim == 0);
}

// Rows of a sparse MLA cache that hold NoPE, scales and the rotary part instead of plain elements.
bool is_packed_row(const Cache& cache, const KvContext& c) {
  if (cache.kind != Kind::mla || !c.sparse_mla || cache.fixed_bytes) return false;
  const int major = c.settings.capability / 10;
  if (major == 12) return true;
  if (c.dtype.packing != KvDtype::Packing::one_byte) return false;
  return !(major == 10 ? flashinfer_sparse(c) : major == 9 && flashinfer_sparse_sm90(c));
}

void add_stride(const Cache& cache, const KvContext& c, KvSpec& spec) {
  spec.stride_alignment = c.holds(Rule::block_stride_alignment) ? cache.stride_alignment : 1;
  if (!c.holds(Rule::block_stride_alignment) || cache.kind == Kind::circular) return;
  if (cache.stride_tokens) {
    spec.kernel_tokens = std::max<std::int64_t>(0, cache.stride_tokens);
    return;
  }
  const KernelBlocks blocks = kernel_blocks(cache, c);
  const bool sparse = cache.kind == Kind::mla && c.sparse_mla && !cache.fixed_bytes;
  const bool packed = c.dtype.packing == KvDtype::Packing::ds_mla || is_packed_row(cache, c);
  if (sparse && packed && c.settings.capability / 10 != 10)
    spec.kernel_tokens = c.holds(Rule::kernel_block_stride) ? 64 : 0;
  else if (sparse)
    spec.stride_alignment = (c.settings.capability / 10 == 10 ? blocks.smallest() : 1) * spec.entry_bytes;
  else if (!blocks.multiples && spec.stride_alignment == 1 && c.holds(Rule::kernel_block_stride))
    spec.kernel_tokens = blocks.largest();
}

KvSpec state_spec(const Cache& cache, const KvContext& c) {
  KvSpec spec;
  spec.kind = Kind::mamba;
  spec.mixer = cache.mixer;
  const bool per_request = c.mamba_mode == MambaMode::none || c.mamba_mode == MambaMode::pages;
  spec.block_size = per_request ? c.settings.max_model_len : c.block_size;
  spec.state_bytes = state_bytes(cache, c);
  spec.padded_page = c.mamba_page;
  spec.checkpoint_blocks = checkpoint_blocks(cache, c);
  return spec;
}

}  // namespace

KvContext kv_context(const Model& model, const KvSettings& s, const KvDtype& dtype) {
  KvContext c{model, s, dtype};
  c.mamba_mode = mamba_mode(model, s);
  c.in_flight = in_flight_tokens(s);
  // Prefill context parallelism divided the tokens too while it was unused; later it alone divides nothing.
  c.shards = s.parallel.dcp * (s.release < Release{26, 0} ? s.parallel.pcp : 1);
  c.sparse_mla = model.sizes.index_topk > 0;
  return c;
}

std::int64_t KvSpec::page() const {
  const std::int64_t raw = kind == Kind::mamba
                               ? state_bytes
                               : heads * std::max<std::int64_t>(block_size / tokens_per_entry, 1) * entry_bytes;
  return std::max(padded_page, round_up(raw, page_alignment));
}

std::int64_t KvSpec::block_stride_alignment() const {
  if (kernel_tokens == 0) return stride_alignment;
  const std::int64_t tokens = std::gcd(kernel_tokens, block_size);
  if (tokens == block_size) return 1;
  KvSpec kernel = *this;
  kernel.block_size = tokens;
  return kernel.page();
}

// The recurrent state follows the convolution's where its layer has no dtype of its own for it
// (vllm/model_executor/layers/mamba/mamba_utils.py:MambaStateDtypeCalculator).
Dtype state_dtype(const Cache& cache, const State& state, const KvSettings& s) {
  const bool recurrent = &state != &cache.states.front();
  if (recurrent && s.mamba_ssm_cache_dtype) return *s.mamba_ssm_cache_dtype;
  if (state.dtype != Dtype::model) return state.dtype;
  return s.mamba_cache_dtype.value_or(s.model_dtype);
}

std::int64_t state_bytes(const Cache& cache, const KvContext& c) {
  std::int64_t bytes = 0;
  for (const State& state : cache.states) {
    std::int64_t columns = 0;
    for (const Dim& dim : state.columns) columns += share(dim, c.settings.parallel.tp);
    const std::int64_t rows = state.rows + (state.extra_rows ? c.settings.num_speculative_tokens : 0);
    bytes += rows * columns * size_of(state_dtype(cache, state, c.settings));
  }
  return bytes;
}

std::int64_t entry_bytes(const Cache& cache, const KvContext& c, bool skipped) {
  if (cache.fixed_bytes) return cache.fixed_bytes;
  if (is_packed_row(cache, c)) return 656;
  if (cache.unscaled && (c.dtype.packing == Packing::token_head || c.dtype.packing == Packing::token_head4))
    return cache.head_size + cache.head_size_v;
  const bool sliding = cache.kind == Kind::sliding || cache.kind == Kind::chunked;
  // Window specs had one head size before 0.20 (vllm/v1/kv_cache_interface.py:AttentionSpec.real_page_size_bytes).
  const std::int64_t values =
      sliding && !c.holds(Rule::window_page_by_value_size) ? cache.head_size : cache.head_size_v;
  if (cache.model_dtype || skipped) return (cache.head_size + values) * size_of(c.settings.model_dtype);
  const bool whole = cache.kind == Kind::sliding && !c.holds(Rule::int4_window_pages);
  return kv_bytes_per_token(c.dtype, {cache.head_size, values, c.model.sizes.rope_dim, whole}, c.settings.model_dtype);
}

bool skips_kv_dtype(std::int64_t layer, const KvContext& c) {
  if (c.model.hybrid || (c.dtype.packing != Packing::turboquant && c.dtype.packing != Packing::ultraquant))
    return false;
  const std::int64_t layers = c.model.sizes.layers, ends = std::min<std::int64_t>(2, layers / 2);
  return layer < ends || layer >= layers - ends;
}

bool can_checkpoint(const KvContext& c) {
  if (!c.holds(Rule::gdn_checkpoint_block) || c.settings.vendor == "AMD") return false;
  const int major = c.settings.capability / 10;
  if (major != 9 && major != 10 && major != 12) return false;
  for (const Layer& layer : c.model.layers)
    for (const Cache& cache : layer.caches) {
      if (cache.kind != Kind::mamba) continue;
      if (!cache.checkpoints) return false;
      // Blackwell's kernels take key heads of 128 only: the rows of the recurrent state.
      if (cache.mixer == Mixer::gated_delta_net && major != 9 && cache.states.back().rows != 128) return false;
    }
  return true;
}

KvSpec kv_spec(const Cache& cache, std::int64_t layer, const KvContext& c) {
  if (cache.kind == Kind::mamba) return state_spec(cache, c);
  const bool skipped = skips_kv_dtype(layer, c);
  KvSpec spec;
  const bool no_window = c.settings.disable_sliding_window || !c.holds(Rule::window_specs);
  spec.kind = no_window && cache.kind == Kind::sliding && !cache.block_size ? Kind::full : cache.kind;
  spec.heads = share(cache.kv_heads, c.settings.parallel.tp);
  spec.head_size = cache.head_size;
  spec.head_size_v = cache.head_size_v;
  spec.entry_bytes = entry_bytes(cache, c, skipped);
  spec.tokens_per_entry = cache.tokens_per_entry;
  spec.page_alignment = cache.page_alignment;
  spec.block_size = cache.block_size ? cache.block_size : c.block_size;
  if (spec.kind == Kind::circular && cache.block_size)
    spec.block_size = ring_rows(cache, c.settings.num_speculative_tokens);
  if (spec.kind == Kind::sliding || spec.kind == Kind::chunked || spec.kind == Kind::sliding_mla)
    spec.window = cache.window;
  if (spec.kind == Kind::sliding) {
    spec.block_size = window_block_size(cache, spec.heads * spec.entry_bytes, c);
    if (skipped) spec.padded_page = c.skip_page;
  }
  spec.by_stride = !c.holds(Rule::kv_pool_by_layout) && !cache.kernel_block && cache.kind != Kind::mla;
  add_stride(cache, c, spec);
  return spec;
}

KvDemand kv_demand(const KvSpec& spec, const KvContext& c) {
  const std::int64_t speculative = c.settings.num_speculative_tokens, block = spec.block_size;
  const auto blocks = [&](std::int64_t tokens) { return ceil_div(std::min(tokens, c.settings.max_model_len), block); };
  KvDemand d;
  d.block_size = block;
  switch (spec.kind) {
    case Kind::full:
    case Kind::mla:
      d.shards = c.shards;
      // The first engine keeps an encoder's tokens in blocks of the same pool
      // (vllm/core/block_manager.py:can_allocate).
      if (is_v0(c.settings)) d.fixed_blocks = ceil_div(c.model.encoder_length, block);
      break;
    case Kind::sliding:
    case Kind::sliding_mla:
      // One block more, for a window that does not start with a block.
      d.start_tokens = spec.window - 1 + c.in_flight;
      d.start_extra = 1;
      d.peak_blocks = blocks(d.start_tokens) + 1;
      d.running_blocks = ceil_div(spec.window - 1, block) + 1;
      break;
    case Kind::chunked:
      d.start_tokens = spec.window + c.in_flight;
      d.peak_blocks = blocks(d.start_tokens);
      d.running_blocks = ceil_div(spec.window, block);
      break;
    case Kind::mamba:
      if (c.mamba_mode == MambaMode::pages) break;
      d.fixed_blocks = speculative;
      if (c.mamba_mode == MambaMode::all) {
        d.start_extra = c.holds(Rule::mamba_all_speculative_blocks) ? speculative : 0;
        break;
      }
      d.running_blocks = c.mamba_mode == MambaMode::align ? 2 : 1;
      d.peak_blocks = d.running_blocks + spec.checkpoint_blocks;
      d.start_tokens = 0;
      d.start_extra = d.peak_blocks + speculative;
      break;
    case Kind::cross:
      // The encoder's tokens are held from the start.
      d.fixed_blocks = ceil_div(
          c.holds(Rule::cross_attention_batched_tokens) ? c.settings.max_num_batched_tokens : c.model.encoder_length,
          block);
      d.start_tokens = d.running_blocks = d.peak_blocks = 0;
      d.start_extra = d.fixed_blocks;
      break;
    case Kind::circular:
      d.start_tokens = d.running_blocks = d.peak_blocks = 0;
      d.start_extra = d.fixed_blocks = 1;
      break;
  }
  return d;
}

}  // namespace vram_gauge
