#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_gpt_neox(Builder& b) {
  b.ignore_head_dim();
  if (b.since(32)) b.served_by_transformers();
  b.model.layer_prefix = b.since(32) ? "model.layers." : "gpt_neox.layers.", b.model.prefix = "gpt_neox.";
  DecoderSpec spec = b.decoder_spec();
  const bool bias = b.text.flag("attention_bias", true);
  spec.attention.qkv_bias = spec.attention.out_bias = bias;
  spec.mlp.bias = spec.norm_bias = true;
  spec.attention.rope = b.rope({.partial = 0.25});
  spec.attention.one_linear = b.since(32);
  spec.attention.name = "attention.", spec.attention.qkv = "query_key_value", spec.attention.out = "dense";
  spec.mlp.gated = false, spec.mlp.up = "dense_h_to_4h", spec.mlp.down = "dense_4h_to_h";
  spec.outside = {.placement = b.since(32) ? "tll" : "aaa",
                  .embedding = "embed_in",
                  .norm = "final_layer_norm.weight",
                  .head = b.since(32) ? "lm_head" : "embed_out"};
  b.add(spec);
}

extern const Family gpt_neox{
    .id = "gpt_neox",
    .architectures = "GPTNeoXForCausalLM",
    .model_types = "gpt_neox",
    .source = "vllm/model_executor/models/gpt_neox.py",
    .describe = describe_gpt_neox,
};

}  // namespace vram_gauge::families
