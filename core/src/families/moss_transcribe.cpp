#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {

// From so many stacked frames to the language model, with a norm at the end.
static void add_adaptor_moss_transcribe(Builder& b, std::int64_t in) {
  TowerBuilder adaptor("vq_adaptor.layers.", Role::projector);
  adaptor.quantizable = false;
  adaptor.linear(How::whole, "0", in, b.sizes.hidden);
  adaptor.linear(How::whole, "2", b.sizes.hidden, b.sizes.hidden);
  adaptor.norm("3.", b.sizes.hidden);
  adaptor.add_to(b.model);
}

static void wrap_moss_transcribe(Builder& b) {
  nest_language_model(b);
  doubt_staged_encoder(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    const std::int64_t width = add_whisper_tower(b, audio, {.prefix = "whisper_encoder.", .staged = true});
    add_adaptor_moss_transcribe(
        b, b.root.positive("adaptor_input_dim", width * b.root.positive("audio_merge_size", 4, 64)));
  });
}

extern const Family moss_transcribe{
    .id = "moss_transcribe",
    .architectures = "MossTranscribeDiarizeForConditionalGeneration",
    .model_types = "moss_transcribe_diarize",
    .source = "vllm/model_executor/models/moss_transcribe_diarize.py",
    .wrap = wrap_moss_transcribe,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
