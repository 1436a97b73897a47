#include "calibration.hpp"

namespace vram_gauge {
namespace {

constexpr std::int64_t unit_KiB = std::int64_t{1} << 10, unit_MiB = std::int64_t{1} << 20;

constexpr Calibrated table[] = {
#define CALIBRATED(name, low, middle, high, unit, logs, source) \
  {#name, low * unit_##unit, middle * unit_##unit, high * unit_##unit, logs, source},
#include "data/calibration.inc"
};

}  // namespace

Calibrated calibrated(Constant constant) { return table[static_cast<int>(constant)]; }

}  // namespace vram_gauge
