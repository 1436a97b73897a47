#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  attention.rope = b.rope();
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("mlp_bias");
  b.embeddings("tll");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family mistral{
    .id = "mistral",
    .architectures = "MistralForCausalLM Ministral3ForCausalLM",
    .model_types = "mistral ministral ministral3",
    .source = "vllm/model_executor/models/mistral.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
