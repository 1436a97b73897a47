#include "families/family.hpp"

namespace vram_gauge::families {

// The layers run several times over, each pass with an attention (and a cache) of its own.
static void describe_nanbeige(Builder& b) {
  b.served_by_transformers();
  b.inexact("Nanbeige's class comes with its checkpoint and was not compared.");
  b.add(b.decoder_spec());
  const std::int64_t passes = b.text.integer("num_loops", 1, 1 << 10);
  for (Layer& layer : b.model.layers) loop(layer, passes);
}

extern const Family nanbeige{
    .id = "nanbeige",
    .architectures = "NanbeigeForCausalLM",
    .model_types = "nanbeige",
    .source = "vllm/model_executor/models/transformers/base.py",
    .describe = describe_nanbeige,
};

}  // namespace vram_gauge::families
