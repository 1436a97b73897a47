#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = true;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.qkv_bias = b.text.flag("attention_bias");
  attention.rope = b.rope();
  b.embeddings("aaa");
  b.outside(Stage::every, buffer(Role::embedding, "normalizer", {}));
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family gemma{
    .id = "gemma",
    .architectures = "GemmaForCausalLM",
    .model_types = "gemma",
    .source = "vllm/model_executor/models/gemma.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
