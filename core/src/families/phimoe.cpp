#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.name = "block_sparse_moe.";
  moe.gate_name = "w1";
  b.embeddings({.placement = "aaa", .norm_bias = true, .head_bias = true});
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, moe);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"}, true);
  });
}

extern const Family phimoe{
    .id = "phimoe",
    .architectures = "PhiMoEForCausalLM",
    .model_types = "phimoe",
    .source = "vllm/model_executor/models/phimoe.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
