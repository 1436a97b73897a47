#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_phimoe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = true;
  spec.moe = b.moe();
  spec.moe.name = "block_sparse_moe.";
  spec.moe.gate_name = "w1";
  spec.norm_bias = true;
  spec.outside = {.placement = "aaa", .head_bias = true};
  b.add(spec);
}

extern const Family phimoe{
    .id = "phimoe",
    .architectures = "PhiMoEForCausalLM",
    .model_types = "phimoe",
    .source = "vllm/model_executor/models/phimoe.py",
    .describe = describe_phimoe,
};

}  // namespace vram_gauge::families
