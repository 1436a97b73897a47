#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_phi3(Builder& b) { b.add(b.llama_spec()); }

extern const Family phi3{
    .id = "phi3",
    .architectures = "Phi3ForCausalLM",
    .model_types = "phi3",
    .source = "vllm/model_executor/models/phi3.py",
    .describe = describe_phi3,
};

}  // namespace vram_gauge::families
