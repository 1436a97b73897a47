#pragma once
#include <optional>
#include <string_view>

namespace vram_gauge {

// Parameters in billions (10^9) that the planning tool's table of known sizes (known_sizes.inc) gives for a model name
// such as "meta-llama/Llama-3.1-8B-Instruct": that of the longest key which the name contains, whatever the case.
std::optional<double> known_size_b(std::string_view model_name);

}  // namespace vram_gauge
