#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.qk_norm = QkNorm::head;
  MoeSpec moe = b.moe();
  moe.router = Dtype::float32;
  moe.correction = "expert_bias";
  moe.shared_inner = moe.inner * b.text.integer("num_shared_experts", 0);
  const int rope = b.rope();
  b.embeddings("fll");
  b.mixed_layers(
      attention, [&](std::int64_t i) { return i >= b.text.integer("num_dense_layers", 0); },
      [&](Layer& layer, AttentionSpec spec, bool sparse) {
        if (spec.window) spec.rope = rope;
        b.add(layer, spec);
        Module gate = column(Role::attention, "gate_proj", b.sizes.hidden,
                             {{spec.heads, spec.head_dim, Split::even, "gate_proj"}});
        gate.parent = "self_attn.";
        layer.modules.push_back(std::move(gate));
        sparse ? b.add(layer, moe) : b.add(layer, b.mlp());
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_mlp_layernorm.weight",
                        "post_mlp_layernorm.weight"});
      });
}

extern const Family afmoe{
    .id = "afmoe",
    .architectures = "AfmoeForCausalLM",
    .model_types = "afmoe",
    .source = "vllm/model_executor/models/afmoe.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
