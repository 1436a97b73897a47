// How one linear or expert module is stored when quantized: the tensors that its quantization method creates in place
// of the plain weight (vllm/model_executor/layers/quantization/*).
#pragma once

#include <cstdint>

#include "dtype.hpp"

namespace vram_gauge {

// What a weight's elements and their scales are. storage.cpp has the tensors of each.
enum class QuantFormat : std::uint8_t {
  none,
  fp8_tensor,     // float8, one float32 scale a logical shard
  fp8_channel,    // float8, one float32 scale an output row
  fp8_block,      // float8, one scale a block_n × block_k tile
  int8_tensor,    // int8, one float32 scale a logical shard
  int8_channel,   // int8, one float32 scale an output row
  packed_int,     // compressed-tensors pack-quantized: int32-packed along the input, group or channel scales
  gptq,           // int32-packed along the input; scales and zeros transposed
  awq,            // int32-packed along the output; scales and zeros transposed
  moe_wna16,      // experts only: bytes packed along the input
  nvfp4,          // two 4-bit floats a byte, float8 scale per 16, float32 global scales
  mxfp4,          // two 4-bit floats a byte, e8m0 scale per 32
  mxfp8,          // float8, e8m0 scale per 32
  bitsandbytes4,  // two values a byte, flattened; absmax is attached while loading
  bitsandbytes8,  // int8
};

// The method whose names and small tensors a format has.
enum class QuantDialect : std::uint8_t { plain, compressed_tensors, modelopt, fbgemm };

// Whose kernels an expert's sizes are padded for (experts.cpp).
enum class ExpertPadding : std::uint8_t { none, mxfp4, gpt_oss_mxfp4, fp8_refined };

struct QuantScheme {
  QuantFormat format = QuantFormat::none;
  QuantDialect dialect = QuantDialect::plain;
  ExpertPadding padding = ExpertPadding::none;
  std::uint8_t bits = 16;
  std::int32_t group = 0;  // weights a scale; -1 = one per channel
  std::int32_t block_n = 0, block_k = 0;
  bool symmetric = true;
  bool static_input = false;   // a stored activation scale
  bool weight_only = false;    // activations stay 16 bit (W4A16)
  bool act_order = false;      // GPTQ desc_act, compressed-tensors actorder group: a permutation of the inputs
  bool loose_groups = false;   // a rank's inputs may end inside a group, which is left out then
  bool e8m0_scales = false;    // block scales of one byte
  bool nested_scales = false;  // scales are quantized too
  bool online = false;         // quantized while loading, from a 16-bit checkpoint

  bool operator==(const QuantScheme&) const = default;
};

// `group` is weights a scale, -1 for one per channel.
inline QuantScheme make_scheme(QuantFormat format, std::int64_t bits, std::int64_t group = 0,
                               QuantDialect dialect = QuantDialect::plain) {
  QuantScheme scheme;
  scheme.format = format;
  scheme.dialect = dialect;
  scheme.bits = static_cast<std::uint8_t>(bits);
  scheme.group = static_cast<std::int32_t>(group);
  return scheme;
}

// Scale parameters that an Attention layer has until loading ends (memory model §4.1b).
enum class ScaleParameters : std::uint8_t {
  none,
  scalars,   // q, k, v, prob in the model's dtype
  tensors,   // compressed-tensors: q, k, v as [1] float32 with [1] zero points in the model's dtype
  per_head,  // the same, one a KV head
};

}  // namespace vram_gauge
