// Defaults that a Transformers config class fills in for keys a file leaves out.
#pragma once

#include <optional>
#include <string_view>

namespace vram_gauge {

// The class default of `key` for a model_type; flags are 0 or 1. Nothing where the class has none.
std::optional<double> default_of(std::string_view model_type, std::string_view key);

}  // namespace vram_gauge
