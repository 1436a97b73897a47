#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_mimo(Builder& b) {
  b.ignore_head_dim();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = true;
  spec.attention.out_bias = spec.mlp.bias = false;
  b.add(spec);
  spec.attention.window = b.slides(0) ? b.window() : 0;
  b.predictors(spec, false);
}

extern const Family mimo{
    .id = "mimo",
    .architectures = "MiMoForCausalLM",
    .model_types = "mimo",
    .source = "vllm/model_executor/models/mimo.py",
    .describe = describe_mimo,
};

}  // namespace vram_gauge::families
