#pragma once
#include <optional>
#include <string_view>

// What a key that is missing from a config.json counts as: the default of the Transformers (or vLLM) config class that
// reads it. Rows, their source and their limits are in config_defaults.inc.

namespace vram_gauge {

// The class default of `key` for configs of that model_type; flags are 0 and 1. Nothing if the class has no such key,
// derives it, or isn't known. A null in a file is not a missing key: Transformers keeps it.
std::optional<double> default_of(std::string_view model_type, std::string_view key);

// The class's defaults, found once for many keys. Empty if the class isn't known.
std::string_view class_defaults(std::string_view model_type);
std::optional<double> default_in(std::string_view defaults, std::string_view key);

// Which class reads the object under `key` ("text_config", "vision_config", …) of a config with these class defaults; the
// object's own "model_type" is `own` (empty if it has none). The model_type whose defaults count there, or empty if that
// isn't known.
std::string_view nested_model_type(std::string_view defaults, std::string_view key, std::string_view own);

}  // namespace vram_gauge
