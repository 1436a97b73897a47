// What each format allocates, one row a tensor (create_weights of the methods under
// vllm/model_executor/layers/quantization; experts: w13 is a linear of all gates and ups, w2 one of the downs, each
// stacked over the experts).
#include "quantization/quantized.hpp"

namespace vram_gauge {
namespace {

// A dimension, as a function of one linear's shape.
enum class Extent : std::uint8_t {
  none,
  out,
  in,
  half_in,
  packed_out,
  packed_in,
  groups,
  blocks_out,
  blocks_in,
  shards,
  one,
  two,
  flat_half,
  flat_64th,
  flat_16384th,
  held_out,
  held_groups
};
using E = Extent;

// When a row applies.
enum class When : std::uint8_t {
  always,
  static_input,
  static_symmetric_not,  // a stored activation zero point
  asymmetric,
  act_order,  // before 0.30 (gptq: whether or not the checkpoint is ordered)
  not_weight_only,
  scale_used,
  scale_dropped,  // the inputs' scale that a W4A16 checkpoint may have: in the model's dtype from 0.30 on
  loading,        // until loading ends
  loaded,         // from then on
  expanded,
  nested,  // loaded, with scales of 4 bytes or with quantized ones
  as_read,
  rearranged,  // scales of MXFP4 experts
};

constexpr std::uint8_t linear = 1, experts = 2, both = 3;
constexpr std::uint8_t any_dialect = 0xff;
constexpr std::uint8_t only(QuantDialect dialect) { return static_cast<std::uint8_t>(1u << static_cast<int>(dialect)); }
constexpr std::uint8_t plain = only(QuantDialect::plain), ct = only(QuantDialect::compressed_tensors),
                       modelopt = only(QuantDialect::modelopt), fbgemm = only(QuantDialect::fbgemm);

struct Storage {
  QuantFormat format;
  std::uint8_t dialects, modules;
  When when;
  std::string_view suffix, w13, w2;
  Extent dims[3];
  Dtype dtype;
};

#define NAMES(name) "." name, ".routed_experts.w13_" name, ".routed_experts.w2_" name
using F = QuantFormat;
constexpr Storage storages[] = {
#include "quantization/storage.inc"
};
#undef NAMES

// One linear's dimensions, ready for any row.
struct Part {
  std::int64_t out = 0, in = 0, groups = 0, blocks_out = 0, blocks_in = 0;
  std::int64_t half_in = 0;  // columns of a weight of two values a byte
  std::int64_t held_groups = 0;
  std::int64_t shards = 0;  // 0: this part has no dimension for them
  std::int64_t bits = 16;
  bool packs_bytes = false;  // into bytes, not int32
  bool rounds_up = false;    // packed sizes

  std::int64_t packed(std::int64_t n) const {
    const std::int64_t word = packs_bytes ? 8 : 32;
    return rounds_up ? ceil_div(n * bits, word) : n * bits / word;
  }
  std::int64_t of(Extent extent) const {
    switch (extent) {
      case E::out:
        return out;
      case E::in:
        return in;
      case E::half_in:
        return half_in;
      case E::packed_out:
        return packed(out);
      case E::packed_in:
        return packed(in);
      case E::groups:
        return groups;
      case E::blocks_out:
        return blocks_out;
      case E::blocks_in:
        return blocks_in;
      case E::shards:
        return shards;
      case E::one:
        return 1;
      case E::two:
        return 2;
      case E::flat_half:
        return saturating(out, in) / 2;
      case E::flat_64th:
        return ceil_div(saturating(out, in), 64);
      case E::flat_16384th:
        return ceil_div(saturating(out, in), 16384);
      case E::held_out:
        return round_up(out, 256);
      case E::held_groups:
        return held_groups;
      default:
        return 0;
    }
  }
};

// What decides a row and isn't the scheme.
struct Situation {
  std::uint8_t module;
  bool orders = false;  // keeps a permutation of the inputs
  bool rearranged = false, as_read = true;
};

bool drops_input_scale(const QuantScheme& scheme, const Placement& placement) {
  return scheme.weight_only && placement.release >= Release{30};
}

bool holds(const Storage& row, const QuantScheme& scheme, const Placement& placement, const Situation& situation) {
  if (row.format != scheme.format || (row.modules & situation.module) == 0) return false;
  if ((row.dialects & only(scheme.dialect)) == 0) return false;
  switch (row.when) {
    case When::always:
      return true;
    case When::static_input:
      return scheme.static_input;
    case When::static_symmetric_not:
      return scheme.static_input && !scheme.symmetric;
    case When::asymmetric:
      return !scheme.symmetric;
    case When::act_order:
      return situation.orders;
    case When::not_weight_only:
      return !scheme.weight_only;
    case When::scale_used:
      return !drops_input_scale(scheme, placement);
    case When::scale_dropped:
      return drops_input_scale(scheme, placement);
    case When::loading:
      return !placement.loaded || !scheme.symmetric;
    case When::loaded:
      return placement.loaded;
    case When::expanded:
      return placement.loaded && !scheme.nested_scales;
    case When::nested:
      return placement.loaded && scheme.nested_scales;
    case When::as_read:
      return situation.as_read;
    case When::rearranged:
      return situation.rearranged;
  }
  return false;
}

// Up to 0.29 GPTQ had a g_idx whether or not its checkpoint was ordered; compressed-tensors had it for experts always,
// for linears only if ordered. Marlin frees one that orders nothing.
bool has_order(const QuantScheme& scheme, const Placement& placement, bool is_experts) {
  if (applies(Rule::gptq_act_order_refused, placement.release)) return false;
  if (placement.loaded) return scheme.act_order;
  return scheme.format == F::gptq || is_experts || scheme.act_order;
}

void emit_part(const QuantScheme& scheme, const Storage& row, const Part& part, std::string_view suffix,
               std::int64_t stacked, const Placement& placement, TensorInfo info, TensorSink& sink) {
  info.suffix = suffix;
  info.rank = 0;
  if (stacked > 0) info.shape[static_cast<std::size_t>(info.rank++)] = stacked;
  for (const Extent extent : row.dims) {
    if (extent == E::none || (extent == E::shards && part.shards == 0)) continue;
    info.shape[static_cast<std::size_t>(info.rank++)] = part.of(extent);
  }
  info.dtype = row.dtype == Dtype::model ? placement.dtype : row.dtype;
  if (scheme.e8m0_scales && row.dims[0] == E::blocks_out) info.dtype = Dtype::fp8_e8m0;
  // Experts' zeros were held in the model's dtype, though they are packed integers.
  if (scheme.format == F::gptq && stacked > 0 && row.dtype == Dtype::int32 && row.dims[0] == E::groups &&
      !applies(Rule::gptq_act_order_refused, placement.release))
    info.dtype = placement.dtype;
  sink.tensor(info);
}

std::int64_t groups_of(const QuantScheme& scheme, std::int64_t in, std::int64_t whole_in, bool repeated) {
  if (scheme.group <= 0) return 1;
  return (repeated ? whole_in : in) / scheme.group;
}

}  // namespace

void quantized_linear(const QuantScheme& scheme, const LinearShape& shape, const Placement& placement, TensorInfo info,
                      TensorSink& sink) {
  Part part;
  part.out = shape.out;
  part.in = shape.in;
  part.half_in = shape.in / 2;
  // Scales of an ordered weight belong to any input, so each rank of a divided input holds all of them.
  part.groups = groups_of(scheme, shape.in, shape.whole_in, scheme.act_order && shape.row_parallel);
  if (scheme.block_n > 0) part.blocks_out = ceil_div(shape.out, scheme.block_n);
  if (scheme.block_k > 0) part.blocks_in = ceil_div(shape.in, scheme.block_k);
  part.shards = static_cast<std::int64_t>(shape.outs.size());
  part.bits = scheme.bits;
  part.rounds_up = scheme.format == F::packed_int;
  const Situation situation{linear, has_order(scheme, placement, false)};
  for (const Storage& row : storages)
    if (holds(row, scheme, placement, situation)) emit_part(scheme, row, part, row.suffix, 0, placement, info, sink);
}

void quantized_experts(const QuantScheme& asked, const ExpertShape& shape, const Placement& placement, TensorInfo info,
                       TensorSink& sink) {
  const QuantScheme scheme = expert_scheme(asked, shape, placement);
  const ExpertSizes sizes = expert_sizes(scheme, shape, placement);
  const std::int64_t wide = shape.shards() * sizes.inner;
  Part w13, w2;
  w13.out = wide;
  w13.in = w2.out = sizes.hidden;
  w2.in = sizes.inner;
  w13.half_in = round_up(sizes.hidden, sizes.held_inputs) / 2;
  w2.half_in = round_up(sizes.inner, sizes.held_inputs) / 2;
  w13.groups = groups_of(scheme, sizes.hidden, sizes.hidden, false);
  w2.groups = groups_of(scheme, sizes.inner, shape.whole_inner, scheme.act_order);
  if (sizes.block_n > 0 && sizes.block_k > 0) {
    w13.blocks_out = shape.shards() * ceil_div(sizes.inner, sizes.block_n);
    w13.blocks_in = ceil_div(sizes.hidden, sizes.block_k);
    w2.blocks_out = ceil_div(sizes.hidden, sizes.block_n);
    w2.blocks_in = ceil_div(sizes.inner, sizes.block_k);
  }
  w13.held_groups = round_up(w13.groups, sizes.held_groups);
  w2.held_groups = round_up(w2.groups, sizes.held_groups);
  w13.shards = shape.shards();
  w13.bits = w2.bits = scheme.bits;
  w13.packs_bytes = w2.packs_bytes = scheme.format == F::moe_wna16;
  const Situation situation{experts, has_order(scheme, placement, true), sizes.rearranged,
                            !sizes.rearranged || sizes.keeps_scales};
  for (const Storage& row : storages) {
    if (!holds(row, scheme, placement, situation)) continue;
    emit_part(scheme, row, w13, row.w13, shape.experts, placement, info, sink);
    emit_part(scheme, row, w2, row.w2, shape.experts, placement, info, sink);
  }
  // GPTQ makes room for biases that some checkpoints have though the model knows none, until loading has shown.
  const bool room =
      scheme.format == F::gptq && applies(Rule::gptq_act_order_refused, placement.release) && !placement.loaded;
  if (!shape.bias && !room) return;
  info.dtype = sizes.rearranged ? Dtype::float32 : placement.dtype;
  info.rank = 2;
  info.shape = {shape.experts, wide};
  info.suffix = ".routed_experts.w13_bias";
  sink.tensor(info);
  info.shape = {shape.experts, sizes.hidden};
  info.suffix = ".routed_experts.w2_bias";
  sink.tensor(info);
}

}  // namespace vram_gauge
