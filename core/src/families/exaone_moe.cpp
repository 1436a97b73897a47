#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias") || b.text.flag("bias");
  attention.qk_norm = QkNorm::head;
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.correction = "e_score_correction_bias";
  moe.shared_inner = moe.inner * b.text.integer("num_shared_experts", 0);
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("mlp_bias");
  b.embeddings("tll");
  b.mixed_layers(
      attention, [&](std::int64_t i) { return b.sparse_by_type(i); },
      [&](Layer& layer, const AttentionSpec& spec, bool sparse) {
        b.add(layer, spec);
        sparse ? b.add(layer, moe) : b.add(layer, mlp);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family exaone_moe{
    .id = "exaone_moe",
    .architectures = "ExaoneMoeForCausalLM ExaoneMoEForCausalLM",
    .model_types = "exaone_moe",
    .source = "vllm/model_executor/models/exaone_moe.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
