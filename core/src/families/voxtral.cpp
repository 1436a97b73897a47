#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {

static void wrap_voxtral(Builder& b) {
  nest_language_model(b);
  // vllm/model_executor/models/whisper.py:WhisperEncoder makes its layers with make_layers.
  doubt_staged_encoder(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    const std::int64_t stacked = audio.positive("downsample_factor", 4, 64);
    const std::int64_t width = add_whisper_tower(
        b, audio, {.prefix = "whisper_encoder.whisper_encoder.", .positions = Dtype::float32, .staged = true});
    TowerBuilder filters("whisper_encoder.", Role::audio);
    filters.buffer("mel_filters", {{1 + audio.positive("window_size", 400) / 2}, {audio.size("num_mel_bins")}},
                   Dtype::float32);
    filters.add_to(b.model);
    TowerBuilder adapter("audio_language_adapter.", Role::projector);
    adapter.quantizable = false;
    adapter.linear(How::whole, "w_in", width * stacked, b.sizes.hidden, false);
    adapter.linear(How::whole, "w_out", b.sizes.hidden, b.sizes.hidden, false);
    adapter.add_to(b.model);
  });
}

extern const Family voxtral{
    .id = "voxtral",
    .architectures = "VoxtralForConditionalGeneration",
    .model_types = "voxtral",
    .source = "vllm/model_executor/models/voxtral.py",
    .wrap = wrap_voxtral,
};

}  // namespace vram_gauge::families
