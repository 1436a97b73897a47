#include "families/family.hpp"

namespace vram_gauge::families {

// Sliding layers have rotary positions, full ones none; a gate with a bias per head scales what a head puts out.
static void describe_beam(Builder& b) {
  b.model.tied = false;
  const std::vector<std::string_view> forwards = b.text.texts("mlp_layer_types"), types = b.text.texts("layer_types");
  ConfigReader parameters = b.rope_parameters();
  if (const ConfigReader nested = parameters.object("sliding_attention")) parameters = nested;
  const int rope = b.rope({.parameters = parameters, .own_parameters = true, .dtype = Dtype::float32});
  AttentionSpec attention = b.attention();
  attention.qk_norm = QkNorm::head;
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::refused;
  moe.router = Dtype::float32;
  moe.correction = "gate.e_score_correction_bias";
  b.embeddings("fll");
  const auto kind_of = [&](std::int64_t i) {
    return (entry<std::string_view>(types, i, {}) == "full_attention" ? 1 : 0) |
           (entry<std::string_view>(forwards, i, {}) == "dense" ? 2 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    attention.window = kind & 1 ? 0 : b.text.index("sliding_window", 4096, max_tokens);
    attention.rope = kind & 1 ? -1 : rope;
    b.add(layer, attention);
    const Dim heads{attention.heads, attention.head_dim, Split::even, "gate_proj"};
    layer.modules.push_back(column(Role::attention, "output_gate_proj", b.sizes.hidden, {heads}));
    layer.modules.back().parent = "self_attn.";
    layer.modules.push_back(tensor(Role::attention, "gate_bias", {{attention.heads, 1, Split::even}}));
    layer.modules.back().parent = "self_attn.";
    if (kind & 2) b.add(layer, b.mlp());
    else b.add(layer, moe);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_feedforward_layernorm.weight",
                    "post_feedforward_layernorm.weight"});
  });
}

extern const Family beam{
    .id = "beam",
    .architectures = "BeamForCausalLM",
    .model_types = "beam",
    .source = "vllm/models/beam/nvidia/",
    .describe = describe_beam,
};

}  // namespace vram_gauge::families
