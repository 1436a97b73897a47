#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_orion(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  spec.norm_bias = true;
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family orion{
    .id = "orion",
    .architectures = "OrionForCausalLM",
    .model_types = "orion",
    .source = "vllm/model_executor/models/orion.py",
    .describe = describe_orion,
};

}  // namespace vram_gauge::families
