#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

static void describe_qwen3_vl(Builder& b) {
  const bool experts = b.context.architecture == "Qwen3VLMoeForConditionalGeneration";
  find_family(experts ? "Qwen3MoeForCausalLM" : "Qwen3ForCausalLM")->describe(b);
}

static void wrap_qwen3_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_qwen3_vl_tower(b, vision);
    b.model.least_first_stage = deepstack_levels(vision);
  });
}

extern const Family qwen3_vl{
    .id = "qwen3_vl",
    .architectures = "Qwen3VLForConditionalGeneration Qwen3VLMoeForConditionalGeneration",
    .model_types = "qwen3_vl qwen3_vl_moe",
    .source = "vllm/model_executor/models/qwen3_vl.py, qwen3_vl_moe.py",
    .describe = describe_qwen3_vl,
    .wrap = wrap_qwen3_vl,
};

}  // namespace vram_gauge::families
