#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// MiniMax-M3's vision encoder, projector and patch merger.
void add_minimax_vl_tower(Builder& b, const ConfigReader& vision);

}  // namespace vram_gauge
