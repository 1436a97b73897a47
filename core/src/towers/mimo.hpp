// Encoders of images and speech of MiMo-V2 (vllm/model_executor/models/mimo_v2_omni.py, mimo_audio.py).
#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

void add_mimo_vision_tower(Builder& b, const ConfigReader& vision);
void add_mimo_audio_tower(Builder& b, const ConfigReader& audio);

}  // namespace vram_gauge
