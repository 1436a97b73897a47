// How a model is spread over GPUs, and what a rank's share of a dimension is.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model.hpp"

namespace vram_gauge {

struct Parallel {
  std::int64_t tp = 1, pp = 1, dp = 1, dcp = 1, pcp = 1;
  bool expert_parallel = false, load_balanced = false;  // the latter: EPLB
  std::int64_t redundant_experts = 0;                   // of it, in every layer, over all ranks

  bool operator==(const Parallel&) const = default;
};

// One rank; ranks of a stage differ only where expert parallelism leaves a remainder.
struct Rank {
  std::int64_t pp = 0, tp = 0;
};

// Elements of `dim` on one of `tp` ranks. Dimensions that don't divide were refused before (check_divisible).
constexpr std::int64_t share(const Dim& dim, std::int64_t tp) {
  if (dim.split == Split::none) return saturating(dim.units, dim.unit);
  if (dim.split == Split::padded) return round_up(ceil_div(dim.units, tp), dim.unit);
  const std::int64_t units = dim.units / tp;
  return saturating(dim.split == Split::heads && units < 1 ? 1 : units, dim.unit + (units > 1 ? dim.pad : 0));
}

// Layers [first, last) of pipeline stage `pp` (vllm/distributed/utils.py:get_pp_indices).
std::pair<std::int64_t, std::int64_t> stage_layers(std::int64_t layers, std::int64_t pp, std::int64_t stage);

// How many layers of `layer` are in [first, last).
std::int64_t count_between(const Layer& layer, std::int64_t first, std::int64_t last);

// Whether something placed at `stage` is on pipeline rank `pp`.
bool is_on(Stage stage, std::int64_t pp, const Parallel& parallel, bool tied);

}  // namespace vram_gauge
