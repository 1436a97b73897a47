#include "shapes.hpp"

namespace vram_gauge {

LinearShape linear_shape(const Module& module, std::int64_t tp) {
  LinearShape shape;
  const Dim& in = module.dims.back();
  for (std::size_t i = 0; i + 1 < module.dims.size(); ++i) {
    shape.outs.push_back(share(module.dims[i], tp));
    shape.out += shape.outs.back();
    shape.whole_out += module.dims[i].whole();
    const Dim& dim = module.dims[i];
    if (dim.split != Split::padded || dim.unit == 1 || dim.units / tp % dim.unit == 0) continue;
    shape.outs.push_back(shape.outs.back() - dim.units / tp);  // padding is a shard of its own
    shape.outs[shape.outs.size() - 2] = dim.units / tp;
  }
  if (module.one_piece_from > 0 && tp >= module.one_piece_from)
    shape.outs = {shape.out}, shape.whole_out = saturating(shape.out, tp);
  shape.in = share(in, tp);
  shape.whole_in = in.whole();
  shape.row_parallel = in.split != Split::none && tp > 1;
  return shape;
}

LinearShape vocabulary_shape(const Module& module, std::int64_t tp) {
  LinearShape shape;
  const std::int64_t rows = module.dims[0].whole();
  shape.out = module.plain_rows ? rows : round_up(rows, 64) / tp;
  shape.whole_out = module.plain_rows ? rows : round_up(rows, 64);
  shape.outs.push_back(shape.out);
  shape.in = shape.whole_in = module.dims[1].whole();
  return shape;
}

std::int64_t physical_experts(const Module& module, const Parallel& parallel) {
  return module.dims[0].whole() + (module.balancing == Balancing::done ? parallel.redundant_experts : 0);
}

// Whole experts by expert parallelism, the first ranks taking the remainder; a part of all of them otherwise.
ExpertShape expert_shape(const Module& module, const Parallel& parallel, Rank rank) {
  ExpertShape shape;
  const std::int64_t ranks = parallel.tp * parallel.dp * parallel.pcp, experts = physical_experts(module, parallel);
  shape.tp = parallel.expert_parallel ? 1 : ranks;
  shape.experts = parallel.expert_parallel ? experts / ranks + (rank.tp < experts % ranks ? 1 : 0) : experts;
  shape.hidden = module.dims[1].whole();
  shape.whole_inner = module.dims[2].whole();
  if (!parallel.expert_parallel && parallel.tp > 1 && shape.whole_inner / parallel.tp < module.least)
    shape.whole_inner = module.least * parallel.tp;
  shape.inner = shape.whole_inner / shape.tp;
  shape.gated = module.gated;
  shape.bias = module.bias;
  return shape;
}

}  // namespace vram_gauge
