// What kernels do to sizes before a weight is allocated, and which shapes they refuse.
#include <algorithm>
#include <numeric>
#include <string>

#include "quantization/quantized.hpp"

namespace vram_gauge {
namespace {

// gpt-oss runs on Triton's kernels on SM90 and on SM10x without FlashInfer; with FlashInfer, SM10x takes TRTLLM's
// (vllm/model_executor/layers/fused_moe/oracle/mxfp4.py:_get_priority_backends_for_gpt_oss).
bool gpt_oss_on_triton(int capability) { return capability / 10 == 9; }

// oracle/mxfp4.py:mxfp4_round_up_hidden_size_and_intermediate_size
void round_up_mxfp4(const QuantScheme& scheme, const Placement& placement, ExpertSizes& sizes) {
  if (scheme.padding == ExpertPadding::gpt_oss_mxfp4 && gpt_oss_on_triton(placement.capability)) {
    sizes.inner = round_up(sizes.inner, 64);
    if (!placement.loaded) return;
    // triton_kernels' HopperMXValueLayout and HopperMXScaleLayout; utils/mxfp4_utils.py:_swizzle_mxfp4
    sizes.rearranged = true;
    sizes.keeps_scales = !applies(Rule::gpt_oss_scales_freed, placement.release);
    sizes.held_inputs = applies(Rule::gpt_oss_rows_of_128, placement.release) ? 128 : 64;
    sizes.held_groups = applies(Rule::gpt_oss_scales_of_4, placement.release) ? 4 : 2;
    return;
  }
  sizes.hidden = round_up(sizes.hidden, 256);
  sizes.inner = round_up(sizes.inner, 128);
}

// oracle/fp8.py:refine_fp8_moe_block_shape; fp8.py:Fp8MoEMethod.create_weights
void refine_blocks(const ExpertShape& shape, const Placement& placement, ExpertSizes& sizes) {
  if (!applies(Rule::fp8_block_moe_refined_scales, placement.release)) return;
  if (shape.inner % sizes.block_n == 0 && (shape.tp == 1 || shape.inner % sizes.block_k == 0)) return;
  const std::int64_t finer = std::gcd(std::gcd(sizes.block_n, sizes.block_k), std::gcd(shape.inner, shape.hidden));
  if (finer >= 32) sizes.block_n = sizes.block_k = finer;
}

std::string cut(std::string_view what, std::int64_t size, std::int64_t by) {
  return std::string(what) + " of a rank are " + std::to_string(size) + ", which quantization groups of " +
         std::to_string(by) + " don't divide: use fewer tensor-parallel ranks.";
}

std::string unless(bool fits, std::string_view what, std::int64_t size, std::int64_t by) {
  return fits ? std::string() : cut(what, size, by);
}

// utils/marlin_utils.py:check_moe_marlin_supports_config
bool marlin_takes(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement) {
  const std::int32_t group = scheme.group;
  if (group != -1 && group != 32 && group != 64 && group != 128) return false;
  if (shape.hidden % 128 != 0 || placement.capability == 0) return false;
  const bool pads = placement.release >= Release{25, 0} && !scheme.act_order;
  return pads ? group <= 0 || shape.inner % group == 0 : shape.inner % std::max<std::int64_t>(64, group) == 0;
}

// utils/fp8_utils.py:validate_fp8_block_shape; from 0.14 on a shard of any size may be in a fused linear, but not in
// one of compressed-tensors (linear.py:ColumnParallelLinear._maybe_allow_fp8_block_shape_mismatch).
std::string misaligned_block(const QuantScheme& scheme, const LinearShape& shape, const Placement& placement) {
  const std::int64_t tp = placement.parallel.tp;
  if (shape.in == 0 || shape.out == 0) return {};
  const auto whole = [&](std::int64_t out) { return out % scheme.block_n == 0; };
  const bool fused = shape.outs.size() > 1,
             lenient = scheme.dialect == QuantDialect::plain && placement.release >= Release{14, 0};
  if (fused && lenient && !std::all_of(shape.outs.begin(), shape.outs.end(), whole)) return {};
  if (tp > 1 && shape.whole_in / shape.in == tp && shape.in % scheme.block_k != 0)
    return cut("The inputs", shape.in, scheme.block_k);
  const bool divided = tp > 1 && shape.whole_out / shape.out == tp;
  if (!divided && !fused) return {};
  const auto end = shape.outs.end() - (divided ? 0 : 1);
  const auto rest = std::find_if_not(shape.outs.begin(), end, whole);
  return rest == end ? std::string() : cut("The outputs", *rest, scheme.block_n);
}

// Marlin wants whole groups; Machete and Exllama, of 4 or 8 bits, have other wishes instead
// (kernels/linear/mixed_precision/*.py:can_implement).
bool some_kernel_takes(const QuantScheme& scheme, const LinearShape& shape, const Placement& placement) {
  const std::int64_t group = scheme.group;
  if (group <= 0 || group >= shape.whole_in || shape.in % group == 0) return true;
  if (scheme.bits != 4 && scheme.bits != 8) return false;
  const bool hopper = placement.capability == 90 || placement.capability == 0;
  if (hopper && shape.in % 64 == 0 && shape.out % 128 == 0 && group % 64 == 0) return true;
  return placement.dtype == Dtype::float16 && shape.out % (32 / scheme.bits) == 0 && shape.whole_in % group == 0;
}

}  // namespace

QuantScheme expert_scheme(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement) {
  if (scheme.format != QuantFormat::gptq && scheme.format != QuantFormat::awq &&
      scheme.format != QuantFormat::moe_wna16)
    return scheme;
  if (scheme.format != QuantFormat::moe_wna16 && marlin_takes(scheme, shape, placement)) return scheme;
  QuantScheme fallback = scheme;
  fallback.format = QuantFormat::moe_wna16;
  while (fallback.group > 32 && (shape.inner % fallback.group != 0 || shape.hidden % fallback.group != 0))
    fallback.group /= 2;
  return fallback;
}

ExpertSizes expert_sizes(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement) {
  ExpertSizes sizes{shape.hidden, shape.inner, scheme.block_n, scheme.block_k};
  switch (scheme.padding) {
    case ExpertPadding::mxfp4:
    case ExpertPadding::gpt_oss_mxfp4:
      round_up_mxfp4(scheme, placement, sizes);
      break;
    case ExpertPadding::fp8_refined:
      refine_blocks(shape, placement, sizes);
      break;
    case ExpertPadding::none:
      break;
  }
  return sizes;
}

std::string misaligned_linear(const QuantScheme& scheme, const LinearShape& shape, const Placement& placement) {
  switch (scheme.format) {
    case QuantFormat::fp8_block:
      return misaligned_block(scheme, shape, placement);
    case QuantFormat::gptq:
      return unless(some_kernel_takes(scheme, shape, placement), "The inputs", shape.in, scheme.group);
    case QuantFormat::packed_int:
      return unless(scheme.group <= 0 || scheme.act_order || shape.in % scheme.group == 0, "The inputs", shape.in,
                    scheme.group);
    case QuantFormat::awq:
      return unless(
          scheme.group <= 0 || scheme.loose_groups || scheme.group >= shape.whole_in || shape.in % scheme.group == 0,
          "The inputs", shape.in, scheme.group);
    case QuantFormat::nvfp4:
      return unless(scheme.dialect != QuantDialect::modelopt || shape.in % 16 == 0, "The inputs", shape.in, 16);
    case QuantFormat::mxfp8:
      return unless(scheme.dialect != QuantDialect::modelopt || shape.in % 32 == 0, "The inputs", shape.in, 32);
    case QuantFormat::bitsandbytes4:
      return unless(shape.out * shape.in % 2 == 0, "The elements", shape.out * shape.in, 2);
    default:
      return {};
  }
}

std::string misaligned_experts(const QuantScheme& scheme, const ExpertShape& shape, const Placement& placement) {
  const ExpertSizes sizes = expert_sizes(scheme, shape, placement);
  const QuantScheme used = expert_scheme(scheme, shape, placement);
  switch (used.format) {
    case QuantFormat::fp8_block:  // utils/fp8_utils.py:validate_fp8_block_shape_moe
      return unless(sizes.inner % sizes.block_n == 0 && (shape.tp == 1 || sizes.inner % sizes.block_k == 0),
                    "The experts' inner columns", shape.inner, scheme.block_n);
    case QuantFormat::packed_int:
      // Before 0.30 a rest was dropped instead.
      if (scheme.group <= 0 || !applies(Rule::gptq_act_order_refused, placement.release)) return {};
      if (shape.hidden % scheme.group != 0) return cut("The experts' inputs", shape.hidden, scheme.group);
      return unless(shape.inner % scheme.group == 0, "The experts' inner columns", shape.inner, scheme.group);
    case QuantFormat::mxfp8:
      if (shape.hidden % 32 != 0) return cut("The experts' inputs", shape.hidden, 32);
      return unless(shape.inner % 32 == 0, "The experts' inner columns", shape.inner, 32);
    case QuantFormat::moe_wna16:  // halves its groups until they fit
      return unless(used.group >= 32 && shape.inner % used.group == 0 && shape.hidden % used.group == 0,
                    "The experts' inner columns", shape.inner, 32);
    default:
      return {};
  }
}

}  // namespace vram_gauge
