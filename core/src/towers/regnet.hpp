#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// timm/models/regnet.py:RegStage of blocks with squeeze and excitation, without groups and with LayerNorm2d; `path` is
// theirs ("net.0.b*.").
void add_regnet_stage(TowerBuilder& tower, std::string_view path, std::int64_t depth, std::int64_t in,
                      std::int64_t out);

}  // namespace vram_gauge
