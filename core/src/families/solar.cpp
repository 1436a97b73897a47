#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_solar(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  const bool bias = b.attention_bias();
  spec.attention.qkv_bias = spec.attention.out_bias = bias;
  if (b.text.flag("use_post_norm")) {
    spec.norms.push_back("post_norm1.weight");
    spec.norms.push_back("post_norm2.weight");
  }
  b.add(spec);
}

extern const Family solar{
    .id = "solar",
    .architectures = "SolarForCausalLM HyperCLOVAXForCausalLM",
    .model_types = "solar hyperclovax",
    .source = "vllm/model_executor/models/solar.py",
    .describe = describe_solar,
};

}  // namespace vram_gauge::families
