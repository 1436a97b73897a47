// Gemma 4's encoders: Transformers modules, whole on every rank (transformers/models/gemma4/modeling_gemma4.py,
// vllm/model_executor/models/gemma4_mm.py).
#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

void add_gemma4_vision_tower(Builder& b, const ConfigReader& vision);
void add_gemma4_audio_tower(Builder& b, const ConfigReader& audio);

}  // namespace vram_gauge
