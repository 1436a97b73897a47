#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// The vision encoder and projector of Kimi-K2.5 and Kimi-K3 (vllm/model_executor/models/kimi_k25_vit.py), and of
// Kimi-VL (moonvit.py), the first, which is for images only and never quantized.
void add_moonvit_tower(Builder& b, const ConfigReader& vision, bool first);

}  // namespace vram_gauge
