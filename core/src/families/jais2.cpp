#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_jais2(Builder& b) {
  if (b.since(32)) b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  spec.mlp.gated = false;
  spec.norm_bias = true;
  b.add(spec);
}

extern const Family jais2{
    .id = "jais2",
    .architectures = "Jais2ForCausalLM",
    .model_types = "jais2",
    .source = "vllm/model_executor/models/jais2.py",
    .describe = describe_jais2,
};

}  // namespace vram_gauge::families
