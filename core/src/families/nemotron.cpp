#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_nemotron(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = b.attention_bias();
  spec.attention.rope = b.rope({.partial = 0.5});
  spec.mlp.gated = false;
  spec.norm_bias = true;
  b.add(spec);
}

extern const Family nemotron{
    .id = "nemotron",
    .architectures = "NemotronForCausalLM",
    .model_types = "nemotron",
    .source = "vllm/model_executor/models/nemotron.py",
    .describe = describe_nemotron,
};

}  // namespace vram_gauge::families
