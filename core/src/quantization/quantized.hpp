// Tensors of a quantized module. Shapes are this rank's.
#pragma once

#include <string>

#include "quantization/scheme.hpp"
#include "shapes.hpp"
#include "tensors.hpp"

namespace vram_gauge {

// Emits what the method allocates instead of the plain weight; `info` carries names, role and count.
void quantized_linear(const QuantScheme& scheme, const LinearShape& shape, const Placement& placement, TensorInfo info,
                      TensorSink& sink);
void quantized_experts(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement, TensorInfo info,
                       TensorSink& sink);

// Scale parameters that an Attention layer gets from the checkpoint's method until loading ends.
void attention_scales(ScaleParameters kind, std::int64_t kv_heads, const Placement& placement, TensorInfo info,
                      TensorSink& sink);

// GPTQ and AWQ experts that Marlin's kernels can't take are stored as bytes for others, in groups that fit
// (moe_wna16.py).
QuantScheme expert_scheme(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement);

// What the expert kernels of this GPU make of an expert's sizes before anything is allocated: rounded up, and the block
// of its scales made finer where a rank's share cuts through the checkpoint's blocks.
struct ExpertSizes {
  std::int64_t hidden = 0, inner = 0;
  std::int64_t block_n = 0, block_k = 0;
  // Once loaded, where Triton's kernels rearrange MXFP4: a row's inputs are held in multiples of held_inputs, a copy of
  // the scales in multiples of held_groups of them, and biases in float32.
  bool rearranged = false;
  bool keeps_scales = true;  // also as they were read
  std::int64_t held_inputs = 1, held_groups = 1;
};
ExpertSizes expert_sizes(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement);

// Why this shape can't be quantized this way on a rank, as a sentence; "" if it can. vLLM refuses to start then
// (vllm-refuses/shape-not-aligned-with-quantization).
std::string misaligned_linear(const QuantScheme& scheme, const LinearShape& shape, const Placement& placement);
std::string misaligned_experts(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement);

}  // namespace vram_gauge
