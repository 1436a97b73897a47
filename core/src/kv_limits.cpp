#include "kv_limits.hpp"

#include <algorithm>

#include "kv_blocks.hpp"
#include "kv_legacy.hpp"

namespace vram_gauge {
namespace {

using Kind = Cache::Kind;
using Packing = KvDtype::Packing;

// What kinds of caches a model has.
struct Kinds {
  bool window = false, chunked = false, mla = false, mamba = false, circular = false, packed = false, full = false;
  bool latent_window = false;  // latent vectors in windows, in no format of the kernels' own
  bool mixed_blocks = false;   // kernels of one layer take other blocks than those of another
  std::int64_t heads = 0;      // KV heads of full attention
  std::int64_t head_size = 0;  // the largest
};

std::int64_t first_block(const Model& model) {
  for (const Layer& layer : model.layers)
    if (!layer.caches.empty()) return layer.caches.front().kernel_block;
  return 0;
}

Kinds kinds_of(const Model& model) {
  Kinds k;
  for (const Layer& layer : model.layers)
    for (const Cache& cache : layer.caches) {
      k.window = k.window || cache.kind == Kind::sliding || cache.kind == Kind::sliding_mla;
      k.latent_window = k.latent_window || (cache.kind == Kind::sliding_mla && cache.fixed_bytes == 0);
      k.chunked = k.chunked || cache.kind == Kind::chunked;
      // An index of keys beside ordinary ones makes no MLA model.
      k.mla = k.mla || (cache.kind == Kind::mla && (cache.fixed_bytes == 0 || cache.packed));
      k.mamba = k.mamba || cache.kind == Kind::mamba;
      k.circular = k.circular || cache.kind == Kind::circular;
      k.packed = k.packed || cache.packed;
      k.full = k.full || cache.kind == Kind::full;
      if (cache.kind == Kind::full && k.heads == 0) k.heads = cache.kv_heads.units;
      k.mixed_blocks = k.mixed_blocks || cache.kernel_block != first_block(model);
      if (cache.kind != Kind::mla) k.head_size = std::max(k.head_size, cache.head_size);
    }
  return k;
}

bool has_sinks(const Model& model) {
  for (const Layer& layer : model.layers)
    for (const Module& module : layer.modules)
      if (module.name == "sinks") return true;
  return false;
}

// Models whose image tokens attend to each other (vllm/config/model.py:is_mm_prefix_lm).
bool has_image_prefix(const Model& model) {
  if (!model.multimodal) return false;
  for (const std::string_view type : {"gemma3", "gemma4", "paligemma", "molmo2", "bagel", "diffusion_gemma"})
    if (model.model_type.starts_with(type)) return true;
  return false;
}

// Below SM89 only FlashInfer reads fp8 keys; it takes neither sinks, image prefixes nor odd head sizes.
bool needs_triton(const KvContext& c, const Kinds& k) {
  const bool odd = k.head_size != 64 && k.head_size != 128 && k.head_size != 256;
  return c.settings.capability < 80 || has_sinks(c.model) || has_image_prefix(c.model) || odd;
}

// Of the kernels only FlashAttention's and FlashInfer's divide the tokens, and FlashMLA's for sparse MLA in fp8_ds_mla
// (vllm/v1/attention/backend.py:AttentionImplBase.supports_dcp).
bool lacks_context_parallel(const KvContext& c, const Kinds& k) {
  if (c.settings.vendor == "AMD") return false;
  if (c.sparse_mla && c.settings.capability / 10 == 9)
    return c.dtype.name != "fp8" && c.dtype.packing != Packing::ds_mla;
  if (k.mla) return false;
  const bool triton = c.dtype.packing == Packing::token_head || c.dtype.packing == Packing::token_head4 ||
                      c.dtype.packing == Packing::turboquant;
  return triton || c.settings.model_dtype == Dtype::float32;
}

// Blocks that no kernel takes (vllm/v1/attention/backend.py:supports_block_size). Dense attention of any kind has a
// kernel for multiples of 16.
std::optional<Diagnostic> refuse_block_size(const KvContext& c) {
  if (!c.settings.block_size || c.settings.vendor == "AMD" || !c.holds(Rule::block_size_checked)) return std::nullopt;
  const std::int64_t given = *c.settings.block_size;
  for (const Layer& layer : c.model.layers)
    for (const Cache& cache : layer.caches) {
      if (cache.kind == Kind::mamba || cache.kind == Kind::circular || cache.block_size) continue;
      const bool sparse = cache.kind == Kind::mla && c.sparse_mla;
      if (sparse && !c.holds(Rule::mla_block_size_from_backend)) continue;
      const std::int64_t unit = sparse || cache.kernel_block ? kernel_blocks(cache, c).smallest() : 16;
      if (given % unit != 0)
        return refusal("block-size",
                       "block_size must be a multiple of " + std::to_string(unit) + " for this model's attention.",
                       "engine.block_size");
    }
  return std::nullopt;
}

std::optional<Diagnostic> refuse_context_parallel(const KvContext& c, const Kinds& k) {
  const std::int64_t dcp = c.settings.parallel.dcp, tp = c.settings.parallel.tp;
  if (dcp <= 1) return std::nullopt;
  std::string_view why;
  if (tp % dcp != 0) why = "must divide tensor_parallel_size";
  else if (k.window || k.chunked) why = "is not offered for sliding windows";
  else if (!k.mla && (k.heads == 0 || tp <= k.heads || dcp > tp / k.heads))
    why = "may be at most tensor_parallel_size / KV heads";
  else if (c.holds(Rule::context_parallel_backends) && lacks_context_parallel(c, k))
    why = "is not offered by the kernels that this model's attention runs on";
  if (why.empty()) return std::nullopt;
  return refusal("decode-context-parallel", "decode_context_parallel_size " + std::string(why) + ".",
                 "engine.decode_context_parallel_size");
}

}  // namespace

std::optional<Diagnostic> refuse_kv(const KvContext& c) {
  const Kinds k = kinds_of(c.model);
  KvDtypeUse use;
  use.release = c.settings.release;
  use.capability = c.settings.capability;
  use.vendor = c.settings.vendor;
  use.model_dtype = c.settings.model_dtype;
  use.mla = k.mla;
  use.sparse = c.sparse_mla;
  // Weight-only compressed-tensors checkpoints bring none; up to 0.23 that was not seen.
  use.own_scales = c.model.scale_parameters != ScaleParameters::none &&
                   (c.model.scale_parameters != ScaleParameters::tensors || c.model.kv_cache_scheme ||
                    c.settings.release < Release{24, 0});
  use.sinks = has_sinks(c.model) || has_image_prefix(c.model);
  use.head_size = k.head_size;
  use.triton_only = needs_triton(c, k);
  // vllm/platforms/cuda.py:_get_backend_priorities
  if (c.sparse_mla && !k.window && c.settings.vendor != "AMD" && c.settings.capability > 0 &&
      c.settings.capability < 90)
    return refusal("attention-unsupported", "Sparse MLA attention needs compute capability 9.0.", "hardware.gpu");
  if (k.mla && c.settings.model_dtype == Dtype::float32 && c.settings.release >= Release{12, 0})
    return refusal("dtype-unsupported", "MLA attention is not offered in float32.", "engine.dtype");
  if (k.mla || k.full || k.window || k.chunked)
    if (auto refused = refuse_kv_dtype(c.dtype, use)) return refused;
  if (auto refused = refuse_block_size(c)) return refused;
  return refuse_context_parallel(c, k);
}

std::vector<std::string> doubts(const KvContext& c) {
  std::vector<std::string> out;
  const auto doubt = [&](bool when, std::string_view why) {
    if (when) out.emplace_back(why);
  };
  const KvSettings& s = c.settings;
  const Kinds k = kinds_of(c.model);
  const auto between = [&](int first, int last) {
    return s.release >= Release{first, 0} && s.release < Release{last + 1, 0};
  };
  const bool quantized = c.dtype.quantized();
  doubt(is_v0(s), "The V0 engine's KV cache is planned from its description; its planner was not run to compare.");
  doubt(!is_v0(s) && s.parallel.pp > 1 && (k.window || k.chunked || k.mamba) && (k.full || k.mla) &&
            s.holds(Rule::hybrid_kv_manager) && !s.holds(Rule::groups_of_all_stages),
        "Before 0.11 each pipeline stage formed KV groups of its own layers, which is not modelled.");
  doubt(s.vendor == "AMD", "Block sizes of AMD's attention backends are not modelled.");
  doubt(k.mamba && s.prefix_caching && !s.holds(Rule::mamba_modes),
        "Prefix caching of state caches before their modes is not modelled.");
  doubt(c.sparse_mla && quantized && s.release < Release{18, 0} && c.model.architecture != "DeepseekV32ForCausalLM",
        "Before 0.18 vLLM changed fp8 to fp8_ds_mla for DeepSeek-V3.2's own class only.");
  doubt(c.sparse_mla && s.capability / 10 == 12 && between(11, 28), "Sparse MLA on SM12x was not checked before 0.29.");
  doubt(c.sparse_mla && quantized && k.latent_window,
        "vLLM refuses a quantized KV dtype where sparse attention keeps rows as wide as other layers' latent vectors.");
  doubt(k.packed && k.circular && k.mamba && between(30, 31),
        "GLM-5.3-Flash had KV groups of its own in 0.30 and 0.31, which are not modelled.");
  doubt(k.mixed_blocks && s.parallel.pp > 1 && !s.holds(Rule::block_size_suits_all_backends),
        "Before 0.31 each pipeline stage chose its own block size, which is not modelled where they differ.");
  doubt(s.parallel.pcp > 1, "Prefill context parallelism was not checked against vLLM.");
  const bool ends_skipped = skips_kv_dtype(0, c);
  doubt(ends_skipped && (k.window || !s.holds(Rule::kv_skip_layers_aligned)),
        "Layers kept in the model's dtype beside this KV dtype were not checked.");
  doubt(c.dtype.packing == Packing::octave, "The rotary part of this KV dtype's slots is taken from the config.");
  if (s.draft) {
    const Kinds d = kinds_of(*s.draft);
    doubt(d.mamba || (d.mla && !k.mla) || d.chunked || d.circular || d.packed || k.mamba || k.chunked || k.circular ||
              k.packed || c.sparse_mla || skips_kv_dtype(0, c),
          "The KV cache of a drafter beside these kinds of layers was not checked.");
  }
  doubt(s.draft_layers > 0,
        "The KV cache of the drafter is taken to be like one of the model's own full-attention layers.");
  doubt(s.draft_layers < 0, "The KV cache of the draft model is not counted.");
  return out;
}

}  // namespace vram_gauge
