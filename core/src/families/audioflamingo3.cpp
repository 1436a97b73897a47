#include "families/wrappers.hpp"
#include "towers/audio.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_audioflamingo3(Builder& b) {
  nest_language_model(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    const std::int64_t width = add_whisper_tower(b, audio, {.native = false});
    add_two_linear_projector(b, "multi_modal_projector.", width, b.sizes.hidden, b.root.flag("projector_bias", true),
                             true);
  });
}

extern const Family audioflamingo3{
    .id = "audioflamingo3",
    .architectures = "AudioFlamingo3ForConditionalGeneration",
    .model_types = "audioflamingo3",
    .source = "vllm/model_executor/models/audioflamingo3.py",
    .wrap = wrap_audioflamingo3,
};

}  // namespace vram_gauge::families
