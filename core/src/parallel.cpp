#include "parallel.hpp"

#include <algorithm>

namespace vram_gauge {

std::pair<std::int64_t, std::int64_t> stage_layers(std::int64_t layers, std::int64_t pp, std::int64_t stage) {
  // The remainder goes one each to the stages from the second-to-last backwards; the last stage gets none.
  const std::int64_t each = layers / pp, rest = layers % pp;
  std::int64_t first = 0;
  for (std::int64_t s = 0;; ++s) {
    const bool extra = s >= pp - 1 - rest && s < pp - 1;
    const std::int64_t last = first + each + (extra ? 1 : 0);
    if (s == stage) return {first, last};
    first = last;
  }
}

std::int64_t count_between(const Layer& layer, std::int64_t first, std::int64_t last) {
  const auto low = std::lower_bound(layer.numbers.begin(), layer.numbers.end(), first);
  return std::lower_bound(low, layer.numbers.end(), last) - low;
}

bool is_on(Stage stage, std::int64_t pp, const Parallel& parallel, bool tied) {
  switch (stage) {
    case Stage::first:
      return pp == 0;
    case Stage::last:
      return pp == parallel.pp - 1;
    case Stage::first_and_tied_last:
      return pp == 0 || (tied && pp == parallel.pp - 1);
    case Stage::every:
      break;
  }
  return true;
}

}  // namespace vram_gauge
