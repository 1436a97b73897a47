#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_dbrx(Builder& b) {
  b.model.tied = false;  // refused otherwise
  b.model.prefix = "transformer.";
  b.model.layer_prefix = "transformer.blocks.";
  const ConfigReader attending = b.text.object("attn_config"), feeding = b.text.object("ffn_config");
  b.sizes.kv_heads = attending.positive("kv_n_heads", 1);
  DecoderSpec spec = b.decoder_spec();
  spec.attention.kv_heads = b.sizes.kv_heads;
  spec.attention.qkv_bias = spec.attention.out_bias = false;
  spec.attention.name = "norm_attn_norm.attn.";
  spec.attention.qkv = "Wqkv";
  spec.attention.out = "out_proj";
  spec.attention.rope = b.rope({.own_parameters = true});
  spec.moe.experts = b.sizes.experts = feeding.positive("moe_num_experts", 4);
  spec.moe.top_k = b.sizes.top_k = feeding.integer("moe_top_k", 1, spec.moe.experts);
  spec.moe.inner = b.sizes.expert_inner = feeding.integer("ffn_hidden_size", 3584);
  spec.moe.name = "ffn.";
  spec.moe.gate = "router.layer";
  spec.norms = {"norm_attn_norm.norm_1.weight", "norm_attn_norm.norm_2.weight"};
  spec.outside = {.placement = "aaa", .embedding = "wte", .norm = "norm_f.weight"};
  b.add(spec);
}

extern const Family dbrx{
    .id = "dbrx",
    .architectures = "DbrxForCausalLM",
    .model_types = "dbrx",
    .source = "vllm/model_executor/models/dbrx.py",
    .describe = describe_dbrx,
};

}  // namespace vram_gauge::families
