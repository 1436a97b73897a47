// How one linear or expert module is stored when quantized: the tensors that its quantization method creates in place
// of the plain weight (vllm/model_executor/layers/quantization/*).
#pragma once

#include <cstdint>
#include <string_view>

#include "dtype.hpp"

namespace vram_gauge {

enum class QuantFormat : std::uint8_t {
  none,
  fp8_tensor,      // float8 weight, one float32 scale a logical shard
  fp8_channel,     // float8 weight, one float32 scale an output row
  fp8_block,       // float8 weight, one scale a block_n × block_k tile
  int8_channel,    // W8A8: int8 weight, float32 scale an output row
  packed_int,      // compressed-tensors pack-quantized WNA16: int32-packed weight, group or channel scales
  gptq,            // int32-packed along the input; scales, zeros (and g_idx up to 0.29)
  awq,             // int32-packed along the output; scales, zeros
  nvfp4,           // two 4-bit floats a byte, float8 scale per 16, float32 global scales
  mxfp4,           // two 4-bit floats a byte, e8m0 scale per 32
  mxfp8,           // float8 weight, e8m0 scale per 32
  bitsandbytes4,   // nf4/fp4 with absmax per 64
  bitsandbytes8,
};

struct QuantScheme {
  QuantFormat format = QuantFormat::none;
  std::uint8_t bits = 16;
  std::int32_t group = 0;           // weights a scale; -1 = one per channel
  std::int32_t block_n = 0, block_k = 0;
  bool symmetric = true;
  bool static_input = false;        // a stored activation scale
  bool act_order = false;           // GPTQ desc_act, compressed-tensors actorder group/dynamic
  bool e8m0_scales = false;         // block scales of one byte
  bool online = false;              // quantized while loading, from a 16-bit checkpoint
  bool input_scale_in_model_dtype = false;
  std::string_view method = {};     // the method that made it: variants of a format differ in small tensors

  bool operator==(const QuantScheme&) const = default;
};

}  // namespace vram_gauge
