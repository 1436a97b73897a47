#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_eagle(Builder& b) {
  DecoderSpec spec = b.llama_spec();
  b.embeddings("a--");
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return (i == 0 ? 1 : 0) | (b.slides(i) ? 2 : 0); },
      [&](Layer& layer, int kind) {
        spec.attention.window = kind & 2 ? b.window() : 0;
        b.add(layer, spec.attention);
        b.add(layer, spec.mlp);
        if (kind & 1) b.norms(layer, {"post_attention_layernorm.weight"});
        else b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
  b.outside(Stage::every, replicated(Role::other, "fc", 2 * b.sizes.hidden, {{b.sizes.hidden}}));
}

extern const Family eagle{
    .id = "eagle",
    .architectures = "EagleLlamaForCausalLM",
    .model_types = "",
    .source = "vllm/model_executor/models/llama_eagle.py",
    .describe = describe_eagle,
};

}  // namespace vram_gauge::families
