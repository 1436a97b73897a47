#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {

static void wrap_qwen3_asr(Builder& b) {
  nest_language_model(b);
  b.root = b.root.object("thinker_config");
  with_tower(b, "audio_config", [&](const ConfigReader& audio) { add_qwen3_omni_audio_tower(b, audio); });
}

extern const Family qwen3_asr{
    .id = "qwen3_asr",
    .architectures = "Qwen3ASRForConditionalGeneration Qwen3ASRRealtimeGeneration",
    .model_types = "qwen3_asr",
    .source = "vllm/model_executor/models/qwen3_asr.py",
    .wrap = wrap_qwen3_asr,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
