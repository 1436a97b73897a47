#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_pangu(Builder& b) {
  const std::int64_t positions = b.sizes.max_positions;
  if (positions == 0) b.sizes.max_positions = 8192;  // of the rotary table only
  const DecoderSpec spec = b.llama_spec();
  b.sizes.max_positions = positions;
  b.add(spec);
}

extern const Family pangu{
    .id = "pangu",
    .architectures = "PanguEmbeddedForCausalLM",
    .model_types = "PanguEmbedded",
    .source = "vllm/model_executor/models/openpangu.py",
    .describe = describe_pangu,
};

}  // namespace vram_gauge::families
