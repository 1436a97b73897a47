#include "data/known_sizes.hpp"

#include <string>

#include "words.hpp"

namespace vram_gauge {
namespace {

struct KnownSize {
  std::string_view key;
  double params_b;
};

constexpr KnownSize kKnownSizes[] = {
#include "data/known_sizes.inc"
};

}  // namespace

std::optional<double> known_size_b(std::string_view model_name) {
  const std::string name = lower(model_name);
  const KnownSize* best = nullptr;
  for (const KnownSize& row : kKnownSizes)
    if (contains(name, row.key) && (!best || row.key.size() > best->key.size())) best = &row;
  return best ? std::optional(best->params_b) : std::nullopt;
}

}  // namespace vram_gauge
