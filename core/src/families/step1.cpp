#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_step1(Builder& b) {
  // ALiBi: no rotary table.
  b.ignore_head_dim();
  b.sizes.kv_heads = b.text.positive("num_attention_groups|num_key_value_heads", 1);
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.qkv_bias = spec.attention.out_bias = b.text.flag("attention_bias");
  spec.mlp.bias = b.text.flag("mlp_bias");
  b.model.tied = b.text.flag("tie_word_embeddings", true);
  b.add(spec);
}

extern const Family step1{
    .id = "step1",
    .architectures = "Step1ForCausalLM",
    .model_types = "step1",
    .source = "vllm/model_executor/models/step1.py",
    .describe = describe_step1,
};

}  // namespace vram_gauge::families
