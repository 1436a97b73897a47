#pragma once

#include "families/family.hpp"

namespace vram_gauge::families {

// Qwen3's decoder, with a rotary table of its own where a class around it has one.
DecoderSpec qwen3_spec(Builder& b, const RopeSpec& rope = {});

}  // namespace vram_gauge::families
