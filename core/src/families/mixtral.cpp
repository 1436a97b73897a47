#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_mixtral(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = false;
  spec.moe = b.moe();
  if (b.since(11)) spec.moe.balancing = Balancing::done;
  spec.moe.name = "block_sparse_moe.";
  spec.moe.gate_name = "w1";
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family mixtral{
    .id = "mixtral",
    .architectures = "MixtralForCausalLM",
    .model_types = "mixtral",
    .source = "vllm/model_executor/models/mixtral.py",
    .describe = describe_mixtral,
};

}  // namespace vram_gauge::families
