#include "kv_dtype.hpp"

#include "vram_gauge/units.hpp"

namespace vram_gauge {
namespace {

using Packing = KvDtype::Packing;

constexpr KvDtype kDtypes[] = {
    {"auto", Packing::model, 0, 0, {6, 0}},
    {"float16", Packing::two_bytes, 0, 0, {20, 0}},
    {"bfloat16", Packing::two_bytes, 0, 0, {10, 1}},
    {"fp8", Packing::one_byte, 0, 0, {6, 0}},
    {"fp8_e4m3", Packing::one_byte, 0, 0, {6, 0}},
    {"fp8_e5m2", Packing::one_byte, 0, 0, {6, 0}},
    {"fp8_inc", Packing::one_byte, 0, 0, {10, 0}},
    {"fp8_ds_mla", Packing::ds_mla, 8, 0, {11, 0}},
    {"nvfp4_ds_mla", Packing::ds_mla, 4, 0, {31, 0}},
    {"fp8_per_token_head", Packing::token_head, 8, 8, {20, 0}},
    {"int8_per_token_head", Packing::token_head, 8, 8, {20, 0}},
    {"int4_per_token_head", Packing::token_head4, 4, 4, {25, 0}},
    {"nvfp4", Packing::nvfp4, 4, 4, {20, 0}},
    {"nvfp4_4over6", Packing::nvfp4, 4, 4, {28, 0}},
    {"turboquant_k8v4", Packing::turboquant, 8, 4, {20, 0}},
    {"turboquant_4bit_nc", Packing::turboquant, 4, 4, {20, 0}},
    {"turboquant_k3v4_nc", Packing::turboquant, 3, 4, {20, 0}},
    {"turboquant_3bit_nc", Packing::turboquant, 3, 3, {20, 0}},
    {"ultraquant_4bit", Packing::ultraquant, 4, 4, {32, 0}},
    {"octave_k3v4", Packing::octave, 3, 4, {33, 0}},
    {"octave_k3v3", Packing::octave, 3, 3, {33, 0}},
    {"octave_k3v3_compact", Packing::octave, 3, 3, {33, 0}},
};

// vllm/model_executor/layers/quantization/turboquant/config.py:slot_size_aligned
std::int64_t turboquant_slot(const KvDtype& dtype, std::int64_t head) {
  const std::int64_t keys = dtype.bits_k == 8 ? head : ceil_div(head * dtype.bits_k, 8) + 2;
  const std::int64_t values = ceil_div(head * dtype.bits_v, 8) + 4;
  return round_up(keys + values, 2);
}

// vllm/v1/attention/ops/rocm_octave.py:OctaveFormat.slot_bytes
std::int64_t octave_slot(const KvDtype& dtype, std::int64_t head, std::int64_t rope) {
  const bool compact = dtype.name.ends_with("compact");
  const std::int64_t wide = compact ? 0 : rope, scales = compact ? 1 : head / 64;
  return round_up(wide / 2 + (head - wide) * 3 / 8 + head * dtype.bits_v / 8 + 2 * (scales + 1), compact ? 4 : 8);
}

std::int64_t half_with_scales(std::int64_t size, std::int64_t per_scale) { return size / 2 + size / per_scale; }

// Whether FlashInfer reads nvfp4 off SM100, from 0.33 on (vllm/v1/attention/backends/flashinfer.py:
// supports_kv_cache_dtype, supports_combination).
bool reads_nvfp4(const KvDtype& dtype, const KvDtypeUse& use) {
  const int major = use.capability / 10;
  return use.release >= Release{33, 0} && dtype.name == "nvfp4" && (major == 8 || major == 9 || major == 12) &&
         !use.sinks && (use.head_size == 128 || use.head_size == 256 || use.head_size == 512);
}

Diagnostic unsupported(const KvDtype& dtype, std::string_view why) {
  return refusal("kv-dtype-unsupported", "kv_cache_dtype " + std::string(dtype.name) + " " + std::string(why),
                 "engine.kv_cache_dtype");
}

}  // namespace

const KvDtype* find_kv_dtype(std::string_view name) {
  for (const KvDtype& dtype : kDtypes)
    if (dtype.name == name) return &dtype;
  return nullptr;
}

std::vector<std::string_view> kv_dtype_names() {
  std::vector<std::string_view> names;
  for (const KvDtype& dtype : kDtypes) names.push_back(dtype.name);
  return names;
}

std::int64_t kv_bytes_per_token(const KvDtype& dtype, const KvHead& head, Dtype model_dtype) {
  const std::int64_t elements = head.k + head.v;
  switch (dtype.packing) {
    case Packing::model:
      return elements * size_of(model_dtype);
    case Packing::two_bytes:
      return elements * 2;
    case Packing::one_byte:
      break;
    case Packing::token_head:
      return elements + 8;
    case Packing::token_head4:
      return (head.whole_bytes ? elements : head.k / 2 + head.v / 2) + 8;
    case Packing::nvfp4:
      return half_with_scales(head.k, 16) + half_with_scales(head.v, 16);
    case Packing::turboquant:
      return turboquant_slot(dtype, head.k);
    case Packing::ultraquant:
      return half_with_scales(head.k, 32) + half_with_scales(head.v, 32);
    case Packing::octave:
      return octave_slot(dtype, head.k, head.rope);
    case Packing::ds_mla:
      return dtype.bits_k == 8 ? 656 : 352;
  }
  return elements;
}

std::optional<Diagnostic> refuse_kv_dtype(const KvDtype& dtype, const KvDtypeUse& use) {
  const bool amd = use.vendor == "AMD", sm100 = use.capability / 10 == 10;
  if (use.release < dtype.first) return unsupported(dtype, "came with vLLM " + to_string(dtype.first) + ".");
  switch (dtype.packing) {
    case Packing::model:
      return std::nullopt;
    case Packing::two_bytes: {
      const bool same = name_of(use.model_dtype) == dtype.name;
      if (same || !applies(Rule::kv_dtype_equals_model_dtype, use.release)) return std::nullopt;
      return unsupported(
          dtype, "must be the model's own dtype, " + std::string(name_of(use.model_dtype)) + ", from vLLM 0.33.0 on.");
    }
    case Packing::one_byte:
      if (dtype.name == "fp8_inc" && use.release >= Release{12, 0})
        return unsupported(dtype, "runs on Intel Gaudi only.");
      // FlashMLA's list has "fp8" only, and FlashInfer came later (vllm/v1/attention/backends/mla/flashmla_sparse.py).
      if (use.sparse && dtype.name == "fp8_e4m3" && use.capability / 10 == 9 && use.release >= Release{18, 0} &&
          !applies(Rule::sparse_mla_sm90_flashinfer, use.release))
        return unsupported(dtype, "is not offered by sparse MLA on SM90 before vLLM 0.30; use fp8.");
      if (!amd && use.capability > 0 && use.capability < 89 && (use.mla || use.triton_only))
        return unsupported(dtype,
                           "needs compute capability 8.9 with the Triton kernels that this model's attention runs on.");
      // vllm/model_executor/layers/attention/attention.py:_init_kv_cache_quant
      if (use.own_scales && dtype.name == "fp8_e5m2")
        return unsupported(dtype, "is not offered with checkpoints that bring scales for the cache; use fp8.");
      if (use.mla && dtype.name == "fp8_e5m2") return unsupported(dtype, "is not offered by MLA attention; use fp8.");
      return std::nullopt;
    case Packing::ds_mla:
      if (!use.sparse) return unsupported(dtype, "is the layout of sparse MLA models only.");
      if (dtype.bits_k == 4 && !sm100) return unsupported(dtype, "needs an SM100-class GPU (B200, B300).");
      return std::nullopt;
    case Packing::nvfp4:
      if (use.mla) return unsupported(dtype, "is not offered by MLA attention.");
      if (!sm100 && !reads_nvfp4(dtype, use)) return unsupported(dtype, "needs an SM100-class GPU (B200, B300).");
      return std::nullopt;
    case Packing::ultraquant:
    case Packing::octave:
      if (!amd) return unsupported(dtype, "runs on AMD GPUs only.");
      break;
    case Packing::token_head:
    case Packing::token_head4:
    case Packing::turboquant:
      break;
  }
  if (use.mla) return unsupported(dtype, "is not offered by MLA attention.");
  return std::nullopt;
}

}  // namespace vram_gauge
