#include "families/qwen3.hpp"

namespace vram_gauge::families {

DecoderSpec qwen3_spec(Builder& b, const RopeSpec& rope) {
  DecoderSpec spec = b.decoder_spec(rope);
  spec.attention.out_bias = spec.mlp.bias = false;
  spec.attention.qk_norm = QkNorm::head;
  b.heed_is_causal(spec.attention);
  return spec;
}

static void describe_qwen3(Builder& b) { b.add(qwen3_spec(b)); }

extern const Family qwen3{
    .id = "qwen3",
    .architectures = "Qwen3ForCausalLM",
    .model_types = "qwen3",
    .source = "vllm/model_executor/models/qwen3.py",
    .describe = describe_qwen3,
};

}  // namespace vram_gauge::families
