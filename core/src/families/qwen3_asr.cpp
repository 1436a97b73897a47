#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {

static void wrap_qwen3_asr(Builder& b) {
  nest_language_model(b);
  b.root = b.root.object("thinker_config");
  with_tower(b, "audio_config", [&](const ConfigReader& audio) { add_qwen3_omni_audio_tower(b, audio); });
  if (b.context.architecture != "Qwen3ASRForcedAlignerForTokenClassification") return;
  make_pooling(b.model);
  b.pooling_head("classifier", b.sizes.hidden, b.root.size("classify_num"), false, Dtype::model);
}

extern const Family qwen3_asr{
    .id = "qwen3_asr",
    .architectures =
        "Qwen3ASRForConditionalGeneration Qwen3ASRRealtimeGeneration "
        "Qwen3ASRForcedAlignerForTokenClassification",
    .model_types = "qwen3_asr",
    .source = "vllm/model_executor/models/qwen3_asr.py, qwen3_asr_forced_aligner.py",
    .wrap = wrap_qwen3_asr,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
