#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_pangu(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = b.text.flag("bias", b.text.flag("attention_bias"));
  spec.mlp.bias = false;
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
