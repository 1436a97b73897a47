#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_gpt_bigcode(Builder& b) {
  b.ignore_head_dim();
  const bool wrapped = b.since(25);
  if (wrapped) b.served_by_transformers();
  b.sizes.kv_heads = b.text.flag("multi_query", true) ? 1 : b.sizes.heads;
  b.model.layer_prefix = wrapped ? "model.h." : "transformer.h.", b.model.prefix = wrapped ? "model." : "transformer.";
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = spec.norm_bias = true;
  spec.attention.name = "attn.", spec.attention.qkv = "c_attn", spec.attention.out = "c_proj";
  spec.mlp.gated = false, spec.mlp.up = "c_fc", spec.mlp.down = "c_proj", spec.mlp.replicated = wrapped;
  if (spec.mlp.inner == 0) spec.mlp.inner = 4 * b.sizes.hidden;
  spec.norms = {"ln_1.weight", "ln_2.weight"};
  spec.outside = {.placement = wrapped ? "tll" : "aaa", .embedding = "wte", .norm = "ln_f.weight"};
  b.add(spec);
  const std::int64_t positions = b.sizes.max_positions;
  b.plain_table(wrapped ? Stage::first_and_tied_last : Stage::every, "wpe.weight", positions, b.sizes.hidden);
  if (wrapped) b.outside(Stage::every, buffer(Role::attention, "bias", {{positions}, {positions}}, Dtype::boolean));
  if (wrapped && !b.since(26))
    b.inexact("The Transformers wrapper of 0.25 keeps more of this class whole on every rank.");
}

extern const Family gpt_bigcode{
    .id = "gpt_bigcode",
    .architectures = "GPTBigCodeForCausalLM",
    .model_types = "gpt_bigcode",
    .source = "vllm/model_executor/models/gpt_bigcode.py",
    .describe = describe_gpt_bigcode,
};

}  // namespace vram_gauge::families
