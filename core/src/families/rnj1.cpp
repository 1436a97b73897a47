#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_rnj1(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  attention.qk_norm = QkNorm::head;
  const bool nested = static_cast<bool>(b.text.object("rope_parameters").object("full_attention"));
  const auto table = [&](std::string_view type) {
    return b.rope({.parameters = nested ? b.rope_parameters(type) : b.rope_parameters(),
                   .own_parameters = true,
                   .kind = nested && type == "chunked_attention" ? 1 : 0});
  };
  b.embeddings("aaa");
  b.outside(Stage::every, buffer(Role::embedding, "normalizer", {}));
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return b.type_of(i) == LayerType::chunked ? 1 : 0; },
      [&](Layer& layer, int kind) {
        attention.window = kind ? b.text.index("sliding_window", 0, max_tokens) : 0;  // chunks with a look back
        attention.rope = table(kind ? "chunked_attention" : "full_attention");
        b.add(layer, attention);
        b.add(layer, b.mlp());
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_feedforward_layernorm.weight",
                        "post_feedforward_layernorm.weight"});
      });
}

extern const Family rnj1{
    .id = "rnj1",
    .architectures = "Rnj1ForCausalLM",
    .model_types = "rnj1",
    .source = "vllm/model_executor/models/rnj1.py",
    .describe = describe_rnj1,
};

}  // namespace vram_gauge::families
