#include "families/wrappers.hpp"
#include "towers/gemma4.hpp"

namespace vram_gauge::families {

static void wrap_gemma4_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_gemma4_vision_tower(b, vision); });
  if (const ConfigReader audio = b.root.object("audio_config")) add_gemma4_audio_tower(b, audio);
}

extern const Family gemma4_vl{
    .id = "gemma4_vl",
    .architectures = "Gemma4ForConditionalGeneration",
    .model_types = "gemma4",
    .source = "vllm/model_executor/models/gemma4_mm.py",
    .wrap = wrap_gemma4_vl,
    .text = "Gemma4ForCausalLM",
};

}  // namespace vram_gauge::families
