#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

static DeltaNetSpec delta_net_olmo_hybrid(const Builder& b) {
  DeltaNetSpec spec;
  spec.layout = DeltaNetSpec::Layout::olmo;
  spec.key_heads = b.text.positive("linear_num_key_heads", b.sizes.heads);
  spec.value_heads = b.text.positive("linear_num_value_heads", b.sizes.heads);
  spec.key_dim =
      b.text.positive("linear_key_head_dim", spec.key_heads > 0 ? 3 * b.sizes.hidden / (4 * spec.key_heads) : 0);
  spec.value_dim = b.text.positive("linear_value_head_dim", 2 * spec.key_dim);
  spec.kernel = b.text.size("linear_conv_kernel_dim", max_factor);
  return spec;
}

static void describe_olmo_hybrid(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.qk_norm = QkNorm::full;
  // No positions at all where the parameters name no base.
  if (b.rope_parameters().find_number("rope_theta")) attention.rope = b.rope();
  b.embeddings("aaa");
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return b.type_of(i) == LayerType::linear ? 1 : 0; },
      [&](Layer& layer, int kind) {
        if (kind) add(b, layer, delta_net_olmo_hybrid(b));
        else b.add(layer, attention);
        b.add(layer, b.mlp());
        b.norms(layer, {kind ? "input_layernorm.weight" : "post_feedforward_layernorm.weight",
                        "post_attention_layernorm.weight"});
      });
}

extern const Family olmo_hybrid{
    .id = "olmo_hybrid",
    .architectures = "OlmoHybridForCausalLM",
    .model_types = "olmo_hybrid",
    .source = "vllm/model_executor/models/olmo_hybrid.py",
    .describe = describe_olmo_hybrid,
};

}  // namespace vram_gauge::families
