#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static std::vector<bool> sparse_layers_laguna(const Builder& b) {
  if (b.text.is_array("mlp_layer_types")) return b.sparse_by_type();
  const std::vector<std::int64_t> dense = b.text.integers("mlp_only_layers");
  const std::int64_t step = b.text.positive("decoder_sparse_step", 1);
  return b.layers_where([&](std::int64_t i) { return (i + 1) % step == 0 && !holds(dense, i); });
}

// What the attention's output is gated with: one value a head (true, "per-head"), or one an element.
static void add_gate(const Builder& b, Layer& layer, const AttentionSpec& spec) {
  const bool named = b.text.is_text("gating");
  if (!named && !b.text.flag("gating")) return;
  const std::int64_t width = !named || b.text.text("gating") == "per-head" ? 1 : spec.head_dim;
  layer.modules.push_back(
      column(Role::attention, "g_proj", b.sizes.hidden, {{spec.heads, width, Split::even, "g_proj"}}));
  layer.modules.back().parent = "self_attn.";
}

static void describe_laguna(Builder& b) {
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  attention.qk_norm = QkNorm::head;
  const ConfigReader windowed = b.text.object("swa_rope_parameters");
  const int full = b.rope({.parameters = b.rope_parameters("full_attention"), .own_parameters = true});
  const int sliding = b.rope(
      {.parameters = windowed ? windowed : b.rope_parameters("sliding_attention"), .own_parameters = true, .kind = 1});
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done;
  moe.rank_needs_expert = true;
  moe.correction = "experts.e_score_correction_bias";
  moe.shared = "shared_expert.";
  moe.shared_inner = b.text.integer("shared_expert_intermediate_size", 0);
  moe.fused_shared = false;
  const std::vector<bool> sparse = sparse_layers_laguna(b);
  const std::vector<std::int64_t> heads = b.text.integers("num_attention_heads_per_layer", 1);
  const auto heads_of = [&](std::int64_t i) { return entry(heads, i, b.sizes.heads); };
  b.embeddings("tll");
  const auto kind_of = [&](std::int64_t i) {
    return static_cast<int>(heads_of(i) * 4) | (b.slides(i) ? 1 : 0) | (sparse[static_cast<std::size_t>(i)] ? 2 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    AttentionSpec spec = attention;
    spec.heads = kind / 4;
    spec.window = kind & 1 ? b.window() : 0;
    spec.rope = kind & 1 ? sliding : full;
    spec.sinks = (kind & 1) != 0 && b.text.flag("swa_attention_sink_enabled");
    b.add(layer, spec);
    add_gate(b, layer, spec);
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, MlpSpec{.inner = b.sizes.inner, .fused = false});
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family laguna{
    .id = "laguna",
    .architectures = "LagunaForCausalLM",
    .model_types = "laguna",
    .source = "vllm/model_executor/models/laguna.py",
    .describe = describe_laguna,
};

}  // namespace vram_gauge::families
