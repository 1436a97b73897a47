// Amounts that no rule gives, measured on published start-up logs (data/calibration.inc).
#pragma once

#include <cstdint>
#include <string_view>

namespace vram_gauge {

enum class Constant : std::uint8_t {
#define CALIBRATED(name, low, middle, high, unit, logs, source) name,
#include "data/calibration.inc"
};

struct Calibrated {
  std::string_view name;
  std::int64_t low, middle, high;  // bytes
  int logs;                        // how many it was fitted to; 0 = stated by the sources or the release's own logs
  std::string_view source;
};

Calibrated calibrated(Constant constant);

}  // namespace vram_gauge
