// Tensors of a quantized module. Shapes are this rank's.
#pragma once

#include <vector>

#include "quantization/scheme.hpp"
#include "tensors.hpp"

namespace vram_gauge {

struct LinearShape {
  std::vector<std::int64_t> outs;  // per logical shard
  std::int64_t out = 0, in = 0;
  std::int64_t whole_in = 0;       // over all ranks: act-order keeps scales of every group
  bool row_parallel = false;
};

struct ExpertShape {
  std::int64_t experts = 0;  // on this rank
  std::int64_t hidden = 0, inner = 0;
  bool gated = true, bias = false;
};

// Emits what the method allocates instead of the plain weight; `info` carries names, role and count.
void quantized_linear(const QuantScheme& scheme, const LinearShape& shape, const Placement& placement, TensorInfo info,
                      TensorSink& sink);
void quantized_experts(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement, TensorInfo info,
                       TensorSink& sink);

// Scale parameters that an Attention layer gets from the checkpoint's method until loading ends (memory model §4.1b).
void attention_scales(std::string_view method, bool mla, std::int64_t kv_heads, TensorInfo info, TensorSink& sink);

// Why this shape can't be quantized this way on a rank ("vllm-refuses/shape-not-aligned-with-quantization"), if so.
std::optional<Diagnostic> refuse_shape(const QuantScheme& scheme, const LinearShape& shape);

}  // namespace vram_gauge
