#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_olmoe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  b.ignore_head_dim();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = false;
  spec.attention.qk_norm = QkNorm::full;
  spec.moe = b.moe();
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family olmoe{
    .id = "olmoe",
    .architectures = "OlmoeForCausalLM",
    .model_types = "olmoe",
    .source = "vllm/model_executor/models/olmoe.py",
    .describe = describe_olmoe,
};

}  // namespace vram_gauge::families
