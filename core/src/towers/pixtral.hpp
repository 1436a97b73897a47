#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// The blocks of both of its forms.
Encoder pixtral_blocks(const ConfigReader& vision, std::int64_t depth);

// vllm/model_executor/models/pixtral.py:PixtralHFVisionModel
void add_pixtral_tower(Builder& b, const ConfigReader& vision, std::int64_t depth,
                       std::string_view prefix = "vision_tower.");

}  // namespace vram_gauge
