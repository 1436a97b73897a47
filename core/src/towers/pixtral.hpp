#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// vllm/model_executor/models/pixtral.py:PixtralHFVisionModel
void add_pixtral_tower(Builder& b, const ConfigReader& vision, std::int64_t depth,
                       std::string_view prefix = "vision_tower.");

}  // namespace vram_gauge
