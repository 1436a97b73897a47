#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_glm4(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.rope = b.rope({.partial = 0.5});
  spec.attention.out_bias = spec.mlp.bias = false;
  spec.norms = {"input_layernorm.weight", "post_attention_layernorm.weight", "post_self_attn_layernorm.weight",
                "post_mlp_layernorm.weight"};
  b.add(spec);
  b.predictors(spec, true);  // glm_ocr_mtp.py
}

extern const Family glm4{
    .id = "glm4",
    .architectures = "Glm4ForCausalLM",
    .model_types = "glm4 glm4v_text glm_ocr_text",
    .source = "vllm/model_executor/models/glm4.py",
    .describe = describe_glm4,
};

}  // namespace vram_gauge::families
