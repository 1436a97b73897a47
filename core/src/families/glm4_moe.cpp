#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_glm4_moe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  DecoderSpec spec = b.decoder_spec();
  spec.attention.out_bias = spec.mlp.bias = false;
  if (b.text.flag("use_qk_norm")) spec.attention.qk_norm = QkNorm::head;
  spec.attention.rope = b.rope({.partial = 0.5});
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::done;
  spec.moe.router = Dtype::float32;
  spec.moe.correction = "gate.e_score_correction_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("n_shared_experts", 0);
  spec.sparse = b.from_layer("first_k_dense_replace");
  spec.outside.placement = "fll";
  b.add(spec);
  b.predictors(spec, true);
}

extern const Family glm4_moe{
    .id = "glm4_moe",
    .architectures = "Glm4MoeForCausalLM",
    .model_types = "glm4_moe glm4v_moe_text",
    .source = "vllm/model_executor/models/glm4_moe.py",
    .describe = describe_glm4_moe,
};

}  // namespace vram_gauge::families
