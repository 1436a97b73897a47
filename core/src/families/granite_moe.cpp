#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  const std::int64_t shared =
      b.context.architecture == "GraniteMoeForCausalLM" ? 0 : b.text.integer("shared_intermediate_size", 0);
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.name = "block_sparse_moe.";
  moe.gate_name = "w1";
  b.embeddings("aaa");
  b.decoder_layers(attention, [&](Layer& layer, AttentionSpec spec) {
    spec.sinks = b.context.architecture == "GraniteMoeSWAForCausalLM";
    b.add(layer, spec);
    b.add(layer, moe);
    if (shared > 0)
      b.add(layer, MlpSpec{.inner = shared, .name = "shared_mlp.", .up = "input_linear", .down = "output_linear"});
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family granite_moe{
    .id = "granite_moe",
    .architectures =
        "GraniteMoeForCausalLM GraniteMoeSharedForCausalLM "
        "GraniteMoeSWAForCausalLM",
    .model_types = "granitemoe granitemoeshared granitemoe_swa",
    .source = "vllm/model_executor/models/granitemoe.py, granitemoeshared.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
