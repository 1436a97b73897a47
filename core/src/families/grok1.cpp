#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_grok1(Builder& b) {
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.name = "attn.";
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.experts = b.sizes.experts = b.text.positive("num_experts|num_local_experts", 8);
  moe.top_k = b.sizes.top_k = b.text.integer("num_experts_per_tok", 2, moe.experts);
  moe.inner = b.sizes.expert_inner = b.text.integer("moe_intermediate_size", b.sizes.inner);
  moe.name = "moe_block.";
  DecoderSpec spec{.attention = attention, .moe = moe};
  if (b.text.flag("residual_moe")) spec.beside = b.mlp();
  spec.norms = {"pre_attn_norm.weight", "post_attn_norm.weight", "pre_moe_norm.weight", "post_moe_norm.weight"};
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family grok1{
    .id = "grok1",
    .architectures = "Grok1ForCausalLM Grok1ModelForCausalLM",
    .model_types = "grok-1 grok",
    .source = "vllm/model_executor/models/grok1.py",
    .describe = describe_grok1,
};

}  // namespace vram_gauge::families
