#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.name = "block_sparse_moe.";
  moe.gate_name = "w1";
  b.embeddings("aaa");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, moe);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family mixtral{
    .id = "mixtral",
    .architectures = "MixtralForCausalLM",
    .model_types = "mixtral",
    .source = "vllm/model_executor/models/mixtral.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
