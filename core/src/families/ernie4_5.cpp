#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_ernie4_5(Builder& b) {
  DecoderSpec spec = b.llama_spec();
  spec.attention.out_bias = false;
  b.add(spec);
}

extern const Family ernie4_5{
    .id = "ernie4_5",
    .architectures = "Ernie4_5ForCausalLM Ernie4_5_ForCausalLM",
    .model_types = "ernie4_5",
    .source = "vllm/model_executor/models/ernie45.py",
    .describe = describe_ernie4_5,
};

}  // namespace vram_gauge::families
