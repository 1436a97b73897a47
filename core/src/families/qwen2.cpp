#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.qkv_bias = true;
  attention.rope = b.rope();
  b.embeddings("tll");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family qwen2{
    .id = "qwen2",
    .architectures = "Qwen2ForCausalLM",
    .model_types = "qwen2",
    .source = "vllm/model_executor/models/qwen2.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
