#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {

static void wrap_qwen2_audio(Builder& b) {
  nest_language_model(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    const std::int64_t width = add_whisper_tower(b, audio, {.native = false});
    TowerBuilder projector("multi_modal_projector.", Role::projector);
    projector.quantizable = false;
    projector.linear(How::whole, "linear", width, b.sizes.hidden);
    projector.add_to(b.model);
  });
}

extern const Family qwen2_audio{
    .id = "qwen2_audio",
    .architectures = "Qwen2AudioForConditionalGeneration",
    .model_types = "qwen2_audio",
    .source = "vllm/model_executor/models/qwen2_audio.py",
    .wrap = wrap_qwen2_audio,
};

}  // namespace vram_gauge::families
