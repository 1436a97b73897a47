#include "families/family.hpp"

namespace vram_gauge::families {

// Layers with rotary positions (in float32) or none, each with a window of its own; only keys have a norm's weights.
static void describe_domyn_edge(Builder& b) {
  if (b.text.has("per_layer_config"))
    b.inexact("Layers with heads of other sizes (per_layer_config) are not modelled.");
  const std::vector<std::string_view> positions = b.text.texts("position_layers");
  if (positions.empty()) b.inexact("The file doesn't say which layers have rotary positions (position_layers).");
  b.inexact("Layers' windows (window_sizes) are not modelled: all keep the whole context.");
  const int rope = b.rope({.dtype = Dtype::float32});
  AttentionSpec attention = b.attention();
  attention.name = "attention.";
  MlpSpec mlp = b.mlp();
  mlp.name = "feedforward.";
  b.embeddings("tll");
  const auto kind_of = [&](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    return at < positions.size() && positions[at] == "nope" ? 1 : 0;
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    attention.rope = kind ? -1 : rope;
    b.add(layer, attention);
    b.add(layer, mlp);
    b.norms(layer, {"pre_attention_norm.weight", "post_attention_norm.weight", "pre_feedforward_norm.weight",
                    "post_feedforward_norm.weight"});
    b.norm(layer, "attention.k_norm.weight", b.sizes.head_dim);
  });
}

extern const Family domyn_edge{
    .id = "domyn_edge",
    .architectures = "DomynEdgeForCausalLM",
    .model_types = "domyn_edge",
    .source = "vllm/model_executor/models/domyn_edge.py",
    .describe = describe_domyn_edge,
};

}  // namespace vram_gauge::families
