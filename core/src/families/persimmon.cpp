#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_persimmon(Builder& b) {
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = spec.norm_bias = true;
  spec.attention.rope = b.rope({.partial = 0.5});
  spec.attention.qkv = "query_key_value", spec.attention.out = "dense";
  spec.mlp.gated = false, spec.mlp.up = "dense_h_to_4h", spec.mlp.down = "dense_4h_to_h";
  spec.outside = {.placement = "aaa", .norm = "final_layernorm.weight"};
  b.add(spec);
  if (!b.text.flag("qk_layernorm", true)) return;
  for (Layer& layer : b.model.layers) {
    b.norm(layer, "self_attn.q_layernorm.weight", b.sizes.head_dim, true);
    b.norm(layer, "self_attn.k_layernorm.weight", b.sizes.head_dim, true);
  }
}

extern const Family persimmon{
    .id = "persimmon",
    .architectures = "PersimmonForCausalLM",
    .model_types = "persimmon",
    .source = "vllm/model_executor/models/persimmon.py",
    .describe = describe_persimmon,
};

}  // namespace vram_gauge::families
