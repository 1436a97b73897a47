#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_olmo(Builder& b) {
  if (b.since(26)) b.served_by_transformers();
  else b.ignore_head_dim();
  DecoderSpec spec = b.decoder_spec();
  spec.mlp.bias = false;
  spec.norms = {};
  spec.outside.placement = b.since(26) ? "t-l" : "a-a";
  b.add(spec);
}

extern const Family olmo{
    .id = "olmo",
    .architectures = "OlmoForCausalLM",
    .model_types = "olmo",
    .source = "vllm/model_executor/models/olmo.py",
    .describe = describe_olmo,
};

}  // namespace vram_gauge::families
