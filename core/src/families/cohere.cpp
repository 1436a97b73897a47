#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_cohere(Builder& b) {
  if (!b.since(29)) b.ignore_head_dim();
  b.model.tied = true;
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;  // whatever the config says
  spec.attention.rope = b.rope({.max_positions = b.text.integer("model_max_length", 0, max_tokens)});
  if (b.text.flag("use_qk_norm")) spec.attention.qk_norm = QkNorm::sharded;
  if (b.since(29) && b.window() > 0) spec.attention.extra_window = 1;  // attends to its window and itself
  spec.norms = {"input_layernorm.weight"};
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family cohere{
    .id = "cohere",
    .architectures = "CohereForCausalLM Cohere2ForCausalLM",
    .model_types = "cohere cohere2",
    .source = "vllm/model_executor/models/commandr.py",
    .describe = describe_cohere,
};

}  // namespace vram_gauge::families
