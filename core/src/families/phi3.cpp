#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_phi3(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  b.add(spec);
}

extern const Family phi3{
    .id = "phi3",
    .architectures = "Phi3ForCausalLM",
    .model_types = "phi3",
    .source = "vllm/model_executor/models/phi3.py",
    .describe = describe_phi3,
};

}  // namespace vram_gauge::families
