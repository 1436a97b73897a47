#include "quantization/compressed_args.hpp"

namespace vram_gauge {
namespace {

bool quantizes_activations(std::string_view format) {
  return format == "naive-quantized" || format == "int-quantized" || format == "float-quantized" ||
         format == "nvfp4-pack-quantized";
}

bool by(const QuantArgs& args, std::string_view a, std::string_view b = {}, std::string_view c = {}) {
  return args.strategy == a || (!b.empty() && args.strategy == b) || (!c.empty() && args.strategy == c);
}

bool is_nvfp4(const QuantArgs& args) {
  return args.present && by(args, "tensor_group") && args.is_float && args.bits == 4 && args.group == 16 &&
         args.symmetric;
}

bool is_mx(const QuantArgs& args, std::int64_t bits) {
  return args.present && by(args, "group") && args.is_float && args.bits == bits && args.group == 32 && args.symmetric;
}

bool is_fp8_weight(const QuantArgs& args) {
  return args.is_float && args.symmetric && !args.dynamic && by(args, "tensor", "channel", "block");
}

bool is_fp8(const QuantGroup& g) {
  if (!g.inputs.present || !g.inputs.is_float || !is_fp8_weight(g.weights)) return false;
  return g.inputs.dynamic || (g.inputs.symmetric && by(g.inputs, "tensor"));
}

bool is_int8(const QuantGroup& g) {
  if (!g.inputs.present || g.weights.bits != 8 || g.inputs.bits != 8 || !g.weights.symmetric || g.weights.dynamic)
    return false;
  if (!by(g.weights, "tensor", "channel")) return false;
  return g.inputs.dynamic ? by(g.inputs, "token") : by(g.inputs, "tensor");
}

// 4-bit integers with 8-bit float activations: packed like weight-only ones.
bool is_int4_fp8(const QuantGroup& g) {
  return g.inputs.present && !g.weights.is_float && g.inputs.is_float && g.weights.bits == 4 && g.inputs.bits == 8 &&
         by(g.weights, "group") && by(g.inputs, "token") && g.weights.symmetric && g.inputs.symmetric &&
         !g.weights.dynamic && g.inputs.dynamic;
}

// Weights of any width with integer activations, packed: Humming's kernels.
bool is_packed_with_int_inputs(const QuantGroup& g) {
  return g.inputs.present && !g.inputs.is_float && !g.weights.is_float && !g.weights.dynamic &&
         by(g.weights, "channel", "group") && g.format == "pack-quantized";
}

QuantScheme compressed_scheme(QuantFormat format, std::int64_t bits, std::int64_t group = 0) {
  return make_scheme(format, bits, group, QuantDialect::compressed_tensors);
}

QuantScheme make_fp8_scheme(const QuantGroup& g) {
  const bool block = by(g.weights, "block");
  QuantScheme scheme = compressed_scheme(block                      ? QuantFormat::fp8_block
                                         : by(g.weights, "channel") ? QuantFormat::fp8_channel
                                                                    : QuantFormat::fp8_tensor,
                                         8);
  scheme.static_input = g.inputs.present && !g.inputs.dynamic;
  if (block) {
    scheme.block_n = static_cast<std::int32_t>(g.weights.block_n > 0 ? g.weights.block_n : 128);
    scheme.block_k = static_cast<std::int32_t>(g.weights.block_k > 0 ? g.weights.block_k : 128);
  }
  return scheme;
}

QuantScheme make_int8_scheme(const QuantGroup& g) {
  QuantScheme scheme =
      compressed_scheme(by(g.weights, "channel") ? QuantFormat::int8_channel : QuantFormat::int8_tensor, 8);
  scheme.static_input = !g.inputs.dynamic;
  scheme.symmetric = g.inputs.symmetric;
  return scheme;
}

QuantScheme make_packed(const QuantGroup& g) {
  QuantScheme scheme =
      compressed_scheme(QuantFormat::packed_int, g.weights.bits, by(g.weights, "channel") ? -1 : g.weights.group);
  scheme.symmetric = g.weights.symmetric;
  scheme.act_order = g.weights.ordered;
  return scheme;
}

bool packs(std::int64_t bits) { return bits >= 1 && bits <= 8; }

}  // namespace

QuantArgs read_args(const ConfigReader& config) {
  QuantArgs args;
  if (!config) return args;
  args.present = true;
  args.bits = config.integer("num_bits", 8, 64);
  args.is_float = config.text("type", "int") == "float";
  args.symmetric = config.flag("symmetric", true);
  args.dynamic = config.is_text("dynamic") || config.flag("dynamic");  // "local" is dynamic too
  args.group = config.index("group_size", 0);
  args.strategy = config.text("strategy");
  if (args.strategy.empty())
    args.strategy = !config.has("group_size") ? "tensor" : args.group > 0 ? "group" : "channel";
  const std::string_view order = config.is_text("actorder") ? config.text("actorder") : std::string_view();
  args.ordered = order == "group" || order == "dynamic" || (order.empty() && config.flag("actorder"));
  const auto block = config.integers("block_structure");
  if (block.size() == 2) {
    args.block_n = block[0];
    args.block_k = block[1];
  }
  const std::string_view scales = config.text("scale_dtype");
  args.byte_scales = scales.ends_with("uint8");
  return args;
}

QuantScheme scheme_of_group(const QuantGroup& g, bool experts, QuantContext& context) {
  if (is_nvfp4(g.weights)) {
    QuantScheme scheme = compressed_scheme(QuantFormat::nvfp4, 4, 16);
    scheme.weight_only = !g.inputs.present;
    return scheme;
  }
  if (is_mx(g.weights, 4)) return compressed_scheme(QuantFormat::mxfp4, 4, 32);
  if (is_mx(g.weights, 8) && g.weights.byte_scales) return compressed_scheme(QuantFormat::mxfp8, 8, 32);
  if (is_int4_fp8(g)) {
    if (experts)
      context.inexact("Experts with 4-bit integer weights and float8 activations are counted as weight-only ones.");
    return make_packed(g);
  }
  if (is_packed_with_int_inputs(g)) {
    context.inexact("Packed integer weights with quantized activations are counted as weight-only ones.");
    return make_packed(g);
  }
  const bool weight_only = !g.inputs.present && !g.weights.dynamic && by(g.weights, "channel", "group");
  if (weight_only && g.format == "pack-quantized" && packs(g.weights.bits)) return make_packed(g);
  if (quantizes_activations(g.format) || experts) {
    if (is_fp8(g) || (!experts && is_fp8_weight(g.weights))) return make_fp8_scheme(g);
    if (is_int8(g) && (!experts || g.inputs.dynamic)) return make_int8_scheme(g);
  }
  context.refuse("quantization-unsupported",
                 "vLLM has no compressed-tensors scheme for these weights and activations (format \"" +
                     std::string(g.format) + "\").");
  return {};
}

}  // namespace vram_gauge
