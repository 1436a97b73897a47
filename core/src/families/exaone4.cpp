#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_exaone4(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qk_norm = QkNorm::head;
  spec.attention.qkv_bias = spec.attention.out_bias = b.attention_bias();
  spec.norms = {"post_attention_layernorm.weight", "post_feedforward_layernorm.weight"};
  b.add(spec);
}

extern const Family exaone4{
    .id = "exaone4",
    .architectures = "Exaone4ForCausalLM",
    .model_types = "exaone4 exaone4_5_text",
    .source = "vllm/model_executor/models/exaone4.py",
    .describe = describe_exaone4,
};

}  // namespace vram_gauge::families
