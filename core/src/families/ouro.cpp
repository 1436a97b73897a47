#include "families/family.hpp"

namespace vram_gauge::families {

// The layers run several times over, each pass with an attention (and a cache) of its own.
static void describe_ouro(Builder& b) {
  b.ignore_head_dim();
  const std::int64_t passes = b.text.integer("total_ut_steps", 4, 1 << 10);
  AttentionSpec attention = b.attention();
  attention.rope = b.rope();
  b.heed_is_causal(attention);
  b.embeddings("aaa");
  b.outside(Stage::every, row(Role::other, "early_exit_gate", b.sizes.hidden, 1, true));
  b.model.outside.back().module.quantizable = false;
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    loop(layer, passes);
    b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "input_layernorm_2.weight", "post_attention_layernorm.weight",
                    "post_attention_layernorm_2.weight"});
  });
}

extern const Family ouro{
    .id = "ouro",
    .architectures = "OuroForCausalLM",
    .model_types = "ouro",
    .source = "vllm/model_executor/models/ouro.py",
    .describe = describe_ouro,
};

}  // namespace vram_gauge::families
