#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_mistral(Builder& b) { b.add(b.llama_spec()); }

extern const Family mistral{
    .id = "mistral",
    .architectures = "MistralForCausalLM Ministral3ForCausalLM",
    .model_types = "mistral ministral ministral3",
    .source = "vllm/model_executor/models/mistral.py",
    .describe = describe_mistral,
};

}  // namespace vram_gauge::families
