#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_glm(Builder& b) {
  if (b.since(32)) b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.rope = b.rope({.partial = 0.5});
  spec.attention.out_bias = false;
  if (b.since(32)) spec.mlp.bias = false;
  b.add(spec);
}

extern const Family glm{
    .id = "glm",
    .architectures = "GlmForCausalLM",
    .model_types = "glm",
    .source = "vllm/model_executor/models/glm.py",
    .describe = describe_glm,
};

}  // namespace vram_gauge::families
