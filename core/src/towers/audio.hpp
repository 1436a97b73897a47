// Encoders of sound that several families share.
#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

struct WhisperSpec {
  std::string_view prefix = "audio_tower.";
  Dtype positions = Dtype::model;
  // False: the Transformers module, whole on every rank; its keys have no bias
  // (transformers/models/whisper/modeling_whisper.py:WhisperEncoder, qwen2_audio/…:Qwen2AudioEncoder).
  bool native = true;
  bool staged = false;  // TowerBuilder::spread_over_stages
};

struct WhisperShape {
  std::int64_t width = 0, heads = 0, inner = 0, layers = 0, mels = 0, positions = 0;
};

// vllm/model_executor/models/whisper.py:WhisperEncoder; from a Whisper config or one that renames its keys. Returns its
// width.
void add_whisper_tower(Builder& b, const WhisperShape& shape, const WhisperSpec& spec);
// For a class with a `staged` encoder: how releases before 0.33 spread it is not known.
void doubt_staged_encoder(Builder& b);
std::int64_t add_whisper_tower(Builder& b, const ConfigReader& audio, const WhisperSpec& spec);

// transformers/models/qwen2_5_omni/modeling_qwen2_5_omni.py:Qwen2_5OmniAudioEncoder, whole on every rank
void add_qwen2_5_omni_audio_tower(Builder& b, const ConfigReader& audio);
// vllm/model_executor/models/qwen3_omni_moe_thinker.py:Qwen3OmniMoeAudioEncoder
void add_qwen3_omni_audio_tower(Builder& b, const ConfigReader& audio);

}  // namespace vram_gauge
