#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  // Up to 0.25 vLLM reads the file with its own class, whose defaults qk_norm true and one dense layer are.
  AttentionSpec attention = b.attention();
  if (b.text.flag("qk_norm", !b.since(33))) attention.qk_norm = QkNorm::head;
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.inner = b.sizes.expert_inner = b.text.integer("expert_hidden_dim", moe.inner);
  moe.router = Dtype::float32;
  moe.correction = "expert_bias";
  moe.correction_dtype = b.since(26) ? Dtype::float32 : Dtype::model;
  moe.shared = "shared_mlp.";
  moe.shared_inner = moe.inner * b.text.integer("num_shared_experts", 0);
  b.embeddings("aaa");
  b.mixed_layers(
      attention, [&](std::int64_t i) { return i >= b.text.integer("first_k_dense_replace", 1); },
      [&](Layer& layer, const AttentionSpec& spec, bool sparse) {
        b.add(layer, spec);
        sparse ? b.add(layer, moe) : b.add(layer, b.mlp());
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family hy_v3{
    .id = "hy_v3",
    .architectures = "HYV3ForCausalLM",
    .model_types = "hy_v3",
    .source = "vllm/model_executor/models/hy_v3.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
