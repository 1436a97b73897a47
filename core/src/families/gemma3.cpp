#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_gemma3(Builder& b) {
  const bool bare = b.context.architecture == "Gemma3TextModel";
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  attention.qk_norm = QkNorm::head;
  b.heed_is_causal(attention);
  // vllm/model_executor/models/config.py:Gemma3TextModelConfig
  if (bare && b.text.flag("use_bidirectional_attention")) b.see_everything(attention);
  // Two tables: full layers scale theirs, sliding ones have a base of their own and no scaling.
  const bool nested = static_cast<bool>(b.text.object("rope_parameters").object("full_attention"));
  const int full = b.rope({.parameters = b.rope_parameters("full_attention"), .own_parameters = true});
  const int local = b.rope({.parameters = nested ? b.rope_parameters("sliding_attention") : ConfigReader(),
                            .own_parameters = true,
                            .kind = 1});
  b.embeddings("aaa");
  b.outside(Stage::every, buffer(Role::embedding, "normalizer", {}));
  b.decoder_layers(attention, [&](Layer& layer, AttentionSpec spec) {
    spec.rope = spec.window ? local : full;
    b.add(layer, spec);
    b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_feedforward_layernorm.weight",
                    "post_feedforward_layernorm.weight"});
  });
}

extern const Family gemma3{
    .id = "gemma3",
    .architectures = "Gemma3ForCausalLM Gemma3TextModel",
    .model_types = "gemma3_text",
    .source = "vllm/model_executor/models/gemma3.py",
    .describe = describe_gemma3,
};

}  // namespace vram_gauge::families
