#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.qkv_bias = b.text.flag("attention_bias");
  if (b.text.flag("use_qk_norm")) attention.qk_norm = QkNorm::head;
  attention.rope = b.rope({.partial = 0.5});
  MoeSpec moe = b.moe();
  moe.router = Dtype::float32;
  moe.correction = "gate.e_score_correction_bias";
  moe.shared_inner = moe.inner * b.text.integer("n_shared_experts", 0);
  b.embeddings("fll");
  b.mixed_layers(
      attention, [&](std::int64_t i) { return i >= b.text.integer("first_k_dense_replace", 0); },
      [&](Layer& layer, const AttentionSpec& spec, bool sparse) {
        b.add(layer, spec);
        sparse ? b.add(layer, moe) : b.add(layer, b.mlp());
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family glm4_moe{
    .id = "glm4_moe",
    .architectures = "Glm4MoeForCausalLM",
    .model_types = "glm4_moe glm4v_moe_text",
    .source = "vllm/model_executor/models/glm4_moe.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
