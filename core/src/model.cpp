#include "model.hpp"

namespace vram_gauge {

Dim::Dim(std::int64_t of_units) : units(of_units) {}

Dim::Dim(std::int64_t of_units, std::int64_t of_unit, Split by, std::string_view name, std::int64_t padded)
    : units(of_units), unit(of_unit), split(by), shard(name), pad(padded) {}

}  // namespace vram_gauge
