#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.rope = b.rope();
  b.embeddings("tll");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family phi3{
    .id = "phi3",
    .architectures = "Phi3ForCausalLM",
    .model_types = "phi3",
    .source = "vllm/model_executor/models/phi3.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
