#include "families/wrappers.hpp"
#include "towers/llama4.hpp"

namespace vram_gauge::families {

static void wrap_llama4_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_llama4_tower(b, vision); });
}

extern const Family llama4_vl{
    .id = "llama4_vl",
    .architectures = "Llama4ForConditionalGeneration",
    .model_types = "llama4",
    .source = "vllm/model_executor/models/mllama4.py",
    .wrap = wrap_llama4_vl,
    .text = "Llama4ForCausalLM",
};

}  // namespace vram_gauge::families
