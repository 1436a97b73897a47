#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_granite(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = b.attention_bias();
  b.add(spec);
}

extern const Family granite{
    .id = "granite",
    .architectures = "GraniteForCausalLM",
    .model_types = "granite",
    .source = "vllm/model_executor/models/granite.py",
    .describe = describe_granite,
};

}  // namespace vram_gauge::families
