#include "towers/glm4v.hpp"
#include "families/wrappers.hpp"

namespace vram_gauge::families {

static void describe_glm4v(Builder& b) {
  const bool experts = b.root.model_type() == "glm4v_moe";
  find_family(experts ? "Glm4MoeForCausalLM" : "Glm4ForCausalLM")->describe(b);
}

static void wrap_glm4v(Builder& b) {
  nest_language_model(b);
  const bool ocr = b.context.architecture == "GlmOcrForConditionalGeneration";
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_glm4v_tower(b, vision, ocr); });
}

extern const Family glm4v{
    .id = "glm4v",
    .architectures = "Glm4vForConditionalGeneration Glm4vMoeForConditionalGeneration GlmOcrForConditionalGeneration",
    .model_types = "glm4v glm4v_moe glm_ocr",
    .source = "vllm/model_executor/models/glm4_1v.py, glm_ocr.py",
    .describe = describe_glm4v,
    .wrap = wrap_glm4v,
};

}  // namespace vram_gauge::families
