#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_opt(Builder& b) {
  b.ignore_head_dim();
  b.model.layer_prefix = "model.decoder.layers.", b.model.prefix = "model.decoder.";
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  const bool bias = b.text.flag("enable_bias", true);
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = bias;
  spec.norm_bias = b.text.flag("layer_norm_elementwise_affine", true);  // false: norms without parameters
  spec.attention.out = "out_proj";
  spec.mlp.gated = false, spec.mlp.name = "", spec.mlp.up = "fc1", spec.mlp.down = "fc2",
  spec.mlp.inner = b.text.size("ffn_dim");
  if (spec.norm_bias) spec.norms = {"self_attn_layer_norm.weight", "final_layer_norm.weight"};
  else spec.norms.clear();
  const bool final_norm =
      spec.norm_bias && b.text.flag("do_layer_norm_before", true) && !b.text.flag("_remove_final_layer_norm");
  spec.outside = {.placement = final_norm ? "aaa" : "a-a", .norm = "final_layer_norm.weight"};
  if (b.text.integer("word_embed_proj_dim", b.sizes.hidden) != b.sizes.hidden)
    b.inexact("OPT with projected embeddings is not modelled.");
  b.add(spec);
  b.plain_table(Stage::every, "embed_positions.weight", b.sizes.max_positions + 2, b.sizes.hidden);
}

extern const Family opt{
    .id = "opt",
    .architectures = "OPTForCausalLM",
    .model_types = "opt",
    .source = "vllm/model_executor/models/opt.py",
    .describe = describe_opt,
};

}  // namespace vram_gauge::families
