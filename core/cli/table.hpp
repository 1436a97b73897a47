// A report as a short table for people.
#pragma once

#include <string>
#include <string_view>

namespace vram_gauge::cli {

// `report` is the JSON text that core gave, error objects included. Bytes are shown in GiB.
std::string as_table(std::string_view report);

}  // namespace vram_gauge::cli
