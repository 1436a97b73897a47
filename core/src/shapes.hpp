// Sizes of a module on one rank.
#pragma once

#include <cstdint>
#include <vector>

#include "parallel.hpp"

namespace vram_gauge {

struct LinearShape {
  std::vector<std::int64_t> outs;  // per logical shard
  std::int64_t out = 0, in = 0;
  std::int64_t whole_out = 0, whole_in = 0;  // over all ranks
  bool row_parallel = false;
};

struct ExpertShape {
  std::int64_t experts = 0;  // on this rank
  std::int64_t hidden = 0, inner = 0;
  std::int64_t whole_inner = 0;
  std::int64_t tp = 1;  // ranks that one expert is divided over
  bool gated = true, bias = false;

  std::int64_t shards() const { return gated ? 2 : 1; }
};

LinearShape linear_shape(const Module& module, std::int64_t tp);
// An embedding or a head as a linear of its held rows.
LinearShape vocabulary_shape(const Module& module, std::int64_t tp);
// Experts over all ranks, those held twice counted twice (module.dims[0] and what load balancing adds).
std::int64_t physical_experts(const Module& module, const Parallel& parallel);

ExpertShape expert_shape(const Module& module, const Parallel& parallel, Rank rank);

}  // namespace vram_gauge
