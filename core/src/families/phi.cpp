#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_phi(Builder& b) {
  const bool wrapped = b.since(32);
  if (wrapped) b.served_by_transformers();
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = spec.norm_bias = true;
  const std::int64_t rotary = b.text.integer("rotary_dim", 0);
  spec.attention.rope = b.rope({.partial = 0.5, .dim = rotary});
  spec.attention.out = "dense";
  spec.mlp.gated = false, spec.mlp.up = "fc1", spec.mlp.down = "fc2";
  if (spec.mlp.inner == 0) spec.mlp.inner = 4 * b.sizes.hidden;
  spec.norms = {"input_layernorm.weight"};
  spec.outside = {.head_bias = !wrapped, .norm = "final_layernorm.weight"};
  if (!wrapped) spec.outside.placement = "aaa";
  if (b.text.flag("qk_layernorm")) b.inexact("Phi with qk_layernorm is not modelled.");
  b.add(spec);
  if (!wrapped) return;
  Module bias = tensor(Role::lm_head, "lm_head.bias", {{b.sizes.vocab}});  // the wrapper's head has none
  bias.built = false;
  b.outside(Stage::last, std::move(bias));
}

extern const Family phi{
    .id = "phi",
    .architectures = "PhiForCausalLM",
    .model_types = "phi phi-msft",
    .source = "vllm/model_executor/models/phi.py",
    .describe = describe_phi,
};

}  // namespace vram_gauge::families
