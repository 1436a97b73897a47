// Figures inside messages: the same text on every platform, without printf's floats.
#pragma once

#include <cstdint>
#include <string>

namespace vram_gauge {

// "13.04 GiB", "-0.50 GiB": two decimals, halves away from zero.
std::string gib(std::int64_t bytes);

// "131,072".
std::string grouped(std::int64_t number);

// "0.92", "12.5": `thousandths` / 1000 without trailing zeros.
std::string thousandths(std::int64_t value);

}  // namespace vram_gauge
