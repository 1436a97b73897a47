#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_stablelm(Builder& b) {
  b.ignore_head_dim();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.rope = b.rope({.partial = 0.25});
  spec.attention.qkv_bias = b.text.flag("use_qkv_bias");
  spec.attention.out_bias = spec.mlp.bias = false;
  spec.norm_bias = true;
  spec.outside.placement = "aaa";
  if (b.text.flag("qk_layernorm") || b.text.flag("use_parallel_residual"))
    b.inexact("StableLM with qk_layernorm or a parallel residual is not modelled.");
  b.add(spec);
}

extern const Family stablelm{
    .id = "stablelm",
    .architectures = "StableLmForCausalLM StableLMEpochForCausalLM",
    .model_types = "stablelm stablelm_epoch",
    .source = "vllm/model_executor/models/stablelm.py",
    .describe = describe_stablelm,
};

}  // namespace vram_gauge::families
