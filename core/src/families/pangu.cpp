#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_pangu(Builder& b) { b.add(b.llama_spec()); }

extern const Family pangu{
    .id = "pangu",
    .architectures = "PanguEmbeddedForCausalLM",
    .model_types = "PanguEmbedded",
    .source = "vllm/model_executor/models/openpangu.py",
    .describe = describe_pangu,
};

}  // namespace vram_gauge::families
