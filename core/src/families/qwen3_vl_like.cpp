#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

// Qwen3-VL's class with weights of another model beside it that vLLM leaves out.
static void wrap_qwen3_vl_like(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_qwen3_vl_tower(b, vision);
    b.model.least_first_stage = deepstack_levels(vision);
  });
}

extern const Family qwen3_vl_like{
    .id = "qwen3_vl_like",
    .architectures = "Alpamayo2Super Cosmos3ForConditionalGeneration",
    .model_types = "alpamayo2_super cosmos3_omni",
    .source = "vllm/model_executor/models/alpamayo2_super.py, cosmos3.py",
    .wrap = wrap_qwen3_vl_like,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
