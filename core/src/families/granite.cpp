#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) { b.add(b.decoder_spec()); }

extern const Family granite{
    .id = "granite",
    .architectures = "GraniteForCausalLM",
    .model_types = "granite",
    .source = "vllm/model_executor/models/granite.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
