#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static AttentionSpec attention_k2_horizon(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  if (b.text.flag("query_key_norm")) attention.qk_norm = QkNorm::sharded;
  attention.rope = b.rope({.dim = b.text.integer("rope_head_dim", 0)});
  return attention;
}

static MoeSpec experts_k2_horizon(Builder& b) {
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done;
  moe.rank_needs_expert = true;
  moe.router_quantizable = true;
  if (b.text.flag("moe_gate_bias")) moe.correction = "gate.bias";
  moe.shared_inner = moe.inner * b.text.integer("num_shared_experts", 0);
  return moe;
}

static void describe_k2_horizon(Builder& b) {
  if (b.text.integer("mova_num_experts", 0) > 0) b.inexact("Attention with experts for its values is not modelled.");
  const std::vector<std::int64_t> dense = b.text.integers("mlp_only_layers");
  const std::int64_t step = b.text.positive("decoder_sparse_step", 1);
  const AttentionSpec attention = attention_k2_horizon(b);
  const MoeSpec moe = experts_k2_horizon(b);
  const bool gated = !b.text.text("attention_gate_func").empty();
  b.embeddings("aaa");
  const auto kind_of = [&](std::int64_t i) {
    return !holds(dense, i) && moe.experts > 0 && (i + 1) % step == 0 ? 1 : 0;
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    b.add(layer, attention);
    if (gated) {
      const Dim heads{attention.heads, attention.head_dim, Split::even, "gate_proj"};
      layer.modules.push_back(column(Role::attention, "gate_proj", b.sizes.hidden, {heads}));
      layer.modules.back().parent = "self_attn.";
    }
    if (kind) b.add(layer, moe);
    else b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family k2_horizon{
    .id = "k2_horizon",
    .architectures = "K2HorizonForCausalLM",
    .model_types = "k2_horizon",
    .source = "vllm/model_executor/models/k2_horizon.py",
    .describe = describe_k2_horizon,
};

}  // namespace vram_gauge::families
