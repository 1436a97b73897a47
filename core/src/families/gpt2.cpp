#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_gpt2(Builder& b) {
  b.ignore_head_dim();
  b.model.layer_prefix = "transformer.h.", b.model.prefix = "transformer.";
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = spec.norm_bias = true;
  spec.attention.name = "attn.", spec.attention.qkv = "c_attn", spec.attention.out = "c_proj";
  spec.mlp.gated = false, spec.mlp.up = "c_fc", spec.mlp.down = "c_proj";
  if (spec.mlp.inner == 0) spec.mlp.inner = 4 * b.sizes.hidden;
  spec.norms = {"ln_1.weight", "ln_2.weight"};
  spec.outside = {.placement = "aaa", .embedding = "wte", .norm = "ln_f.weight"};
  b.add(spec);
  b.plain_table(Stage::every, "wpe.weight", b.sizes.max_positions, b.sizes.hidden);
}

extern const Family gpt2{
    .id = "gpt2",
    .architectures = "GPT2LMHeadModel",
    .model_types = "gpt2",
    .source = "vllm/model_executor/models/gpt2.py",
    .describe = describe_gpt2,
};

}  // namespace vram_gauge::families
