#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_gemma2(Builder& b) {
  b.model.tied = true;
  DecoderSpec spec = b.decoder_spec();
  spec.mlp.bias = false;
  spec.outside.placement = "aaa";
  spec.norms = {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_feedforward_layernorm.weight",
                "post_feedforward_layernorm.weight"};
  b.add(spec);
  b.outside(Stage::every, buffer(Role::embedding, "normalizer", {}));
}

extern const Family gemma2{
    .id = "gemma2",
    .architectures = "Gemma2ForCausalLM Gemma2Model",
    .model_types = "gemma2",
    .source = "vllm/model_executor/models/gemma2.py",
    .describe = describe_gemma2,
};

}  // namespace vram_gauge::families
