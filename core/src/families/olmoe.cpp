#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.head_dim = b.sizes.heads ? b.sizes.hidden / b.sizes.heads : 0;
  attention.qk_norm = QkNorm::full;
  attention.rope = b.rope({.head_dim = attention.head_dim});
  const MoeSpec moe = b.moe();
  b.embeddings("aaa");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, moe);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family olmoe{
    .id = "olmoe",
    .architectures = "OlmoeForCausalLM",
    .model_types = "olmoe",
    .source = "vllm/model_executor/models/olmoe.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
