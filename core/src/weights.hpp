// Bytes of a rank's weights, as vLLM's module tree holds them and as "Model loading took" prints them, and the
// parameter counts as the hub publishes them.
#pragma once

#include <array>
#include <vector>

#include "tensors.hpp"

namespace vram_gauge {

inline constexpr int roles = static_cast<int>(Role::other) + 1;
std::string_view name_of(Role role);

struct RankWeights {
  std::int64_t pp = 0, tp = 0, tp_last = 0;
  Bytes weights;                     // distinct parameters and buffers before any post-load step
  Bytes loaded;                      // with the allocator's rounding and the copies made after loading
  std::array<Bytes, roles> by_role;  // buffers apart
  Bytes buffers;
  Bytes replicated;  // of `weights`: held whole by every tensor-parallel rank
};

// One entry per distinct rank, in order of stage and first tp rank.
std::vector<RankWeights> weigh(const Model& model, const Placement& placement);

struct ParameterCounts {
  Params total, active, mtp;
};

// Each weight once, unpadded, a tied head not at all; `active` is what one token passes through.
ParameterCounts count_parameters(const Model& model);

}  // namespace vram_gauge
