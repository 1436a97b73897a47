#include "towers/regnet.hpp"

#include <cmath>

namespace vram_gauge {

void add_regnet_stage(TowerBuilder& tower, std::string_view path, std::int64_t depth, std::int64_t in,
                      std::int64_t out) {
  for (const bool first : {true, false}) {
    const std::int64_t from = first ? in : out;
    const auto squeezed = static_cast<std::int64_t>(std::nearbyint(static_cast<double>(from) / 4));
    tower.in_blocks(path, first ? depth > 0 : depth - 1);
    tower.convolution("conv1.conv.", {{out}, {from}, {1}, {1}}, false);
    tower.convolution("conv2.conv.", {{out}, {1}, {3}, {3}}, false);
    tower.convolution("se.fc1.", {{squeezed}, {out}, {1}, {1}});
    tower.convolution("se.fc2.", {{out}, {squeezed}, {1}, {1}});
    tower.convolution("conv3.conv.", {{out}, {out}, {1}, {1}}, false);
    for (const std::string_view name : {"conv1.bn.", "conv2.bn.", "conv3.bn."}) tower.norm(name, out);
    if (from == out) continue;
    tower.convolution("downsample.conv.", {{out}, {from}, {1}, {1}}, false);
    tower.norm("downsample.bn.", out);
  }
}

}  // namespace vram_gauge
