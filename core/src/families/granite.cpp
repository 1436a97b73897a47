#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_granite(Builder& b) { b.add(b.decoder_spec()); }

extern const Family granite{
    .id = "granite",
    .architectures = "GraniteForCausalLM",
    .model_types = "granite",
    .source = "vllm/model_executor/models/granite.py",
    .describe = describe_granite,
};

}  // namespace vram_gauge::families
