#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_qwen2(Builder& b) {
  b.ignore_head_dim();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = true;
  spec.attention.out_bias = spec.mlp.bias = false;
  if (b.text.flag("qk_norm")) spec.attention.qk_norm = QkNorm::head;
  b.heed_is_causal(spec.attention);
  b.add(spec);
}

extern const Family qwen2{
    .id = "qwen2",
    .architectures = "Qwen2ForCausalLM Qwen2Model",
    .model_types = "qwen2",
    .source = "vllm/model_executor/models/qwen2.py",
    .describe = describe_qwen2,
};

}  // namespace vram_gauge::families
