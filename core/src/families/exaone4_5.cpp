#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

static void wrap(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_qwen2_5_vl_tower(b, vision); });
}

extern const Family exaone4_5{
    .id = "exaone4_5",
    .architectures = "Exaone4_5_ForConditionalGeneration",
    .model_types = "exaone4_5",
    .source = "vllm/model_executor/models/exaone4_5.py",
    .wrap = wrap,
    .text = "Exaone4ForCausalLM",
};

}  // namespace vram_gauge::families
