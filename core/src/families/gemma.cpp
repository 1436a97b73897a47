#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_gemma(Builder& b) {
  b.model.tied = true;
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  spec.outside.placement = "aaa";
  b.add(spec);
  b.outside(Stage::every, buffer(Role::embedding, "normalizer", {}));
}

extern const Family gemma{
    .id = "gemma",
    .architectures = "GemmaForCausalLM",
    .model_types = "gemma",
    .source = "vllm/model_executor/models/gemma.py",
    .describe = describe_gemma,
};

}  // namespace vram_gauge::families
