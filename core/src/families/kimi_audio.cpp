#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {

static void wrap_kimi_audio(Builder& b) {
  nest_language_model(b);
  doubt_staged_encoder(b);
  // Its config is a file of its own, whisper-large-v3/config.json.
  add_whisper_tower(b, {.width = 1280, .heads = 20, .inner = 5120, .layers = 32, .mels = 128, .positions = 1500},
                    {.prefix = "audio_tower.", .staged = true});
  TowerBuilder projector("multi_modal_projector.", Role::projector);
  projector.quantizable = false;
  projector.linear(How::whole, "vq_adaptor_layers_0", b.root.positive("kimia_adaptor_input_dim", 5120), b.sizes.hidden);
  projector.linear(How::whole, "vq_adaptor_layers_3", b.sizes.hidden, b.sizes.hidden);
  projector.norm("vq_adaptor_layers_4.", b.sizes.hidden);
  projector.add_to(b.model);
}

extern const Family kimi_audio{
    .id = "kimi_audio",
    .architectures = "MoonshotKimiaForCausalLM",
    .model_types = "kimi_audio",
    .source = "vllm/model_executor/models/kimi_audio.py",
    .wrap = wrap_kimi_audio,
    .text = "Qwen2ForCausalLM",
};

}  // namespace vram_gauge::families
