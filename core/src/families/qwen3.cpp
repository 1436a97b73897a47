#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_qwen3(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.out_bias = spec.mlp.bias = false;
  spec.attention.qk_norm = QkNorm::head;
  b.heed_is_causal(spec.attention);
  b.add(spec);
}

extern const Family qwen3{
    .id = "qwen3",
    .architectures = "Qwen3ForCausalLM",
    .model_types = "qwen3",
    .source = "vllm/model_executor/models/qwen3.py",
    .describe = describe_qwen3,
};

}  // namespace vram_gauge::families
