// One config group of a compressed-tensors checkpoint, and the storage it comes to.
#pragma once

#include "quantization/quantizer.hpp"

namespace vram_gauge {

// compressed_tensors' QuantizationArgs, with its defaults. Views into the config.
struct QuantArgs {
  bool present = false;
  std::int64_t bits = 8, group = 0;
  bool is_float = false, symmetric = true, dynamic = false, ordered = false;
  std::string_view strategy;  // "tensor", "channel", "group", "block", "token", "tensor_group", "attn_head"
  std::int64_t block_n = 0, block_k = 0;
  bool byte_scales = false;  // scale_dtype uint8
};

QuantArgs read_args(const ConfigReader& config);

struct QuantGroup {
  QuantArgs weights, inputs, outputs;
  std::string_view format;
};

// compressed_tensors.py:_get_scheme_from_parts and compressed_tensors_moe.py:get_moe_method. Refuses in `context` what
// vLLM has no scheme for.
QuantScheme scheme_of_group(const QuantGroup& group, bool experts, QuantContext& context);

}  // namespace vram_gauge
