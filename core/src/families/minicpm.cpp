#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  spec.outside.placement = "aaa";
  if (b.text.integer("num_experts", 0) > 0) b.inexact("MiniCPM-MoE is not modelled.");
  b.add(spec);
}

extern const Family minicpm{
    .id = "minicpm",
    .architectures = "MiniCPMForCausalLM",
    .model_types = "minicpm",
    .source = "vllm/model_executor/models/minicpm.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
