// Gemma 3n's encoders: modules of timm and Transformers, whole on every rank.
#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// timm/models/mobilenetv5.py, as the one architecture that Gemma 3n names: mobilenetv5_300m_enc.
void add_mobilenet_v5_tower(Builder& b, std::string_view prefix);
// transformers/models/gemma3n/modeling_gemma3n.py:Gemma3nAudioEncoder
void add_gemma3n_audio_tower(Builder& b, const ConfigReader& audio);

}  // namespace vram_gauge
