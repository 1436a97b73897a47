#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// vllm/model_executor/models/mllama4.py:Llama4VisionModel
void add_llama4_tower(Builder& b, const ConfigReader& vision);

}  // namespace vram_gauge
