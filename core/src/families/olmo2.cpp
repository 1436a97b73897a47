#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_olmo2(Builder& b) {
  const bool native = !b.since(b.context.architecture == "Olmo3ForCausalLM" ? 29 : 26);
  if (native) b.ignore_head_dim();
  else b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qk_norm = QkNorm::full;
  spec.mlp.bias = false;
  if (native) {
    spec.attention.out_bias = spec.attention.qkv_bias = false;
    spec.outside.placement = "aaa";
    // Up to 0.25 only full layers scale their positions: layers that slide have a table of their own then.
    const bool scales = !b.since(26) && b.rope_parameters().text("rope_type|type", "default") != "default";
    spec.sliding = spec.attention;
    spec.sliding.rope = b.rope({.own_parameters = true, .kind = scales ? 1 : 0});
  }
  spec.norms = {"post_attention_layernorm.weight", "post_feedforward_layernorm.weight"};
  b.add(spec);
  // The wrapper's Olmo 3 keeps frequencies for each of its two layer types.
  if (!native && b.context.architecture == "Olmo3ForCausalLM") {
    const int second = b.rope({.kind = 1});
    for (Layer& layer : b.model.layers) layer.ropes |= 1u << second;
  }
}

extern const Family olmo2{
    .id = "olmo2",
    .architectures = "Olmo2ForCausalLM Olmo3ForCausalLM",
    .model_types = "olmo2 olmo3",
    .source = "vllm/model_executor/models/olmo2.py",
    .describe = describe_olmo2,
};

}  // namespace vram_gauge::families
