#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_mpt(Builder& b) {
  const ConfigReader attention_config = b.text.object("attn_config");
  const bool bias = !b.text.flag("no_bias", true);
  b.model.layer_prefix = "transformer.blocks.", b.model.prefix = "transformer.";
  b.model.tied = true;
  b.sizes.kv_heads = attention_config.positive("kv_n_heads", b.sizes.heads);
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = spec.norm_bias = bias;
  spec.attention.name = "attn.", spec.attention.qkv = "Wqkv", spec.attention.out = "out_proj";
  spec.mlp.gated = false, spec.mlp.name = "ffn.";
  spec.mlp.inner = b.text.positive("expansion_ratio", 4, max_factor) * b.sizes.hidden;
  spec.norms = {"norm_1.weight", "norm_2.weight"};
  spec.outside = {.placement = "aaa", .embedding = "wte", .norm = "norm_f.weight"};
  if (attention_config.flag("qk_ln")) b.inexact("MPT with qk_ln is not modelled.");
  b.add(spec);
}

extern const Family mpt{
    .id = "mpt",
    .architectures = "MPTForCausalLM MptForCausalLM",
    .model_types = "mpt",
    .source = "vllm/model_executor/models/mpt.py",
    .describe = describe_mpt,
};

}  // namespace vram_gauge::families
