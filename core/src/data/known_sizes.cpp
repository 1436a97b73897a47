#include "data/known_sizes.hpp"

#include <string>

namespace vram_gauge {
namespace {

struct KnownSize {
  std::string_view key;
  double params_b;
};

constexpr KnownSize kKnownSizes[] = {
#include "data/known_sizes.inc"
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::optional<double> known_size_b(std::string_view model_name) {
  std::string name(model_name);
  for (char& c : name) c = lower(c);
  const KnownSize* best = nullptr;
  for (const KnownSize& row : kKnownSizes)
    if (name.find(row.key) != std::string::npos && (!best || row.key.size() > best->key.size())) best = &row;
  return best ? std::optional(best->params_b) : std::nullopt;
}

}  // namespace vram_gauge
