#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_jais(Builder& b) {
  b.ignore_head_dim();
  b.model.layer_prefix = "transformer.h.", b.model.prefix = "transformer.";
  b.sizes.kv_heads = b.sizes.heads;
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = spec.norm_bias = true;
  spec.attention.name = "attn.", spec.attention.qkv = "c_attn", spec.attention.out = "c_proj";
  spec.mlp.gated = b.text.text("activation_function") == "swiglu", spec.mlp.fused = false;
  spec.mlp.up = "c_fc", spec.mlp.down = "c_proj";
  if (spec.mlp.inner == 0) spec.mlp.inner = b.sizes.inner = 4 * b.sizes.hidden;
  spec.norms = {"ln_1.weight", "ln_2.weight"};
  spec.outside = {.placement = "aaa", .embedding = "wte", .norm = "ln_f.weight"};
  b.add(spec);
  b.model.outside.back().module.quantizable = false;  // the head
  if (b.text.text("position_embedding_type", "learned") != "alibi")
    b.plain_table(Stage::every, "wpe.weight", b.sizes.max_positions, b.sizes.hidden);
}

extern const Family jais{
    .id = "jais",
    .architectures = "JAISLMHeadModel",
    .model_types = "jais",
    .source = "vllm/model_executor/models/jais.py",
    .describe = describe_jais,
};

}  // namespace vram_gauge::families
