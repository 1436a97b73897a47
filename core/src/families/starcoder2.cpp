#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_starcoder2(Builder& b) {
  if (b.since(25)) b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  const bool bias = b.text.flag("use_bias", true);
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = bias;
  spec.mlp.gated = false, spec.mlp.up = "c_fc", spec.mlp.down = "c_proj";
  spec.norm_bias = true;
  if (!b.since(25)) spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family starcoder2{
    .id = "starcoder2",
    .architectures = "Starcoder2ForCausalLM",
    .model_types = "starcoder2",
    .source = "vllm/model_executor/models/starcoder2.py",
    .describe = describe_starcoder2,
};

}  // namespace vram_gauge::families
