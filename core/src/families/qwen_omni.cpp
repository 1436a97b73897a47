#include "families/wrappers.hpp"
#include "towers/audio.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {
namespace {

bool is_third(const Builder& b) { return !b.context.architecture.starts_with("Qwen2_5Omni"); }

void describe_qwen_omni(Builder& b) {
  find_family(is_third(b) ? "Qwen3MoeForCausalLM" : "Qwen2ForCausalLM")->describe(b);
}

// The thinker alone: vLLM leaves the talker and what turns its codes into sound out.
void wrap_qwen_omni(Builder& b) {
  nest_language_model(b);
  for (Placed& placed : b.model.outside) placed.module.nameless = is_third(b) && placed.module.role == Role::lm_head;
  b.root = b.root.object("thinker_config");
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    is_third(b) ? add_qwen3_omni_audio_tower(b, audio) : add_qwen2_5_omni_audio_tower(b, audio);
  });
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    is_third(b) ? add_qwen3_vl_tower(b, vision) : add_qwen2_5_vl_tower(b, vision);
  });
}

}  // namespace

extern const Family qwen_omni{
    .id = "qwen_omni",
    .architectures = "Qwen2_5OmniForConditionalGeneration Qwen2_5OmniModel Qwen3OmniMoeForConditionalGeneration",
    .model_types = "qwen2_5_omni qwen3_omni_moe",
    .source = "vllm/model_executor/models/qwen2_5_omni_thinker.py, qwen3_omni_moe_thinker.py",
    .describe = describe_qwen_omni,
    .wrap = wrap_qwen_omni,
};

}  // namespace vram_gauge::families
