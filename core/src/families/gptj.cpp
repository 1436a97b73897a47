#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_gptj(Builder& b) {
  b.ignore_head_dim();
  b.model.layer_prefix = "transformer.h.", b.model.prefix = "transformer.";
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.rope = b.rope({.dim = b.text.positive("rotary_dim", 64)});
  spec.attention.name = "attn.", spec.attention.out = "out_proj";
  spec.mlp.gated = false, spec.mlp.bias = true, spec.mlp.up = "fc_in", spec.mlp.down = "fc_out";
  if (spec.mlp.inner == 0) spec.mlp.inner = 4 * b.sizes.hidden;
  spec.norms = {"ln_1.weight"}, spec.norm_bias = true;
  spec.outside = {.placement = "aaa", .head_bias = true, .embedding = "wte", .norm = "ln_f.weight"};
  b.add(spec);
}

extern const Family gptj{
    .id = "gptj",
    .architectures = "GPTJForCausalLM",
    .model_types = "gptj",
    .source = "vllm/model_executor/models/gpt_j.py",
    .describe = describe_gptj,
};

}  // namespace vram_gauge::families
