#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  attention.qk_norm = QkNorm::head;
  attention.rope = b.rope();
  b.embeddings("tll");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family qwen3{
    .id = "qwen3",
    .architectures = "Qwen3ForCausalLM",
    .model_types = "qwen3",
    .source = "vllm/model_executor/models/qwen3.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
