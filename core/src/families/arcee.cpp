#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_arcee(Builder& b) {
  if (b.since(32)) b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  spec.mlp.gated = false;
  b.add(spec);
}

extern const Family arcee{
    .id = "arcee",
    .architectures = "ArceeForCausalLM",
    .model_types = "arcee",
    .source = "vllm/model_executor/models/arcee.py",
    .describe = describe_arcee,
};

}  // namespace vram_gauge::families
