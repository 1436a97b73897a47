// What Step's models have in common.
#pragma once

#include <charconv>

#include "families/family.hpp"

namespace vram_gauge {

// The layers with experts: those that moe_layers_enum lists ("3,4,5"), else all but the first.
inline std::vector<bool> step_sparse_layers(const Builder& b) {
  if (!b.text.has("moe_layers_enum")) return b.layers_where([](std::int64_t i) { return i > 0; });
  std::vector<bool> sparse(static_cast<std::size_t>(b.sizes.layers));
  const std::string_view list = b.text.text("moe_layers_enum");
  for (const char* at = list.data(); at < list.data() + list.size(); ++at) {
    std::int64_t layer = -1;
    const auto [end, error] = std::from_chars(at, list.data() + list.size(), layer);
    if (error == std::errc() && layer >= 0 && layer < b.sizes.layers) sparse[static_cast<std::size_t>(layer)] = true;
    if (error == std::errc()) at = end;
  }
  return sparse;
}

}  // namespace vram_gauge
