// What DeepSeek-V4 and V4.1 share.
#pragma once

#include "families/family.hpp"

namespace vram_gauge::families {

// The attention's sink, with room for at least so many heads, and its low-rank projections; the output's is grouped.
void add_projections_deepseek_v4(Builder& b, Layer& layer, std::int64_t room);

}  // namespace vram_gauge::families
