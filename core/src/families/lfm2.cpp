#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

// lfm2.py:Lfm2MLP
std::int64_t adjusted_inner(const Builder& b) {
  std::int64_t inner = b.text.integer("block_ff_dim|intermediate_size", 12288);
  if (!b.text.flag("block_auto_adjust_ff_dim", true)) return inner;
  inner = 2 * inner / 3;
  inner = static_cast<std::int64_t>(b.text.ratio("block_ffn_dim_multiplier", 1.0) * static_cast<double>(inner));
  return round_up(inner, b.text.positive("block_multiple_of", 256));
}

bool is_attention(const Builder& b, const std::vector<std::int64_t>& indices, std::int64_t i) {
  if (b.text.is_array("layer_types")) return b.type_of(i) == LayerType::full;
  return indices.empty() || holds(indices, i);
}

void describe_lfm2(Builder& b) {
  const bool sparse = b.context.architecture == "Lfm2MoeForCausalLM";
  b.model.tied = b.text.find_flag("tie_embedding").value_or(b.model.tied);
  AttentionSpec attention = b.attention();
  attention.out = "out_proj";
  attention.qk_norm = QkNorm::head;
  attention.rope = b.rope();
  ShortConvSpec conv{.width = b.text.positive("conv_dim", b.sizes.hidden),
                     .kernel = b.text.size("conv_L_cache", max_factor),
                     .bias = b.text.flag("conv_bias")};
  MlpSpec mlp = b.mlp();
  if (!sparse) mlp.inner = b.sizes.inner = adjusted_inner(b);
  mlp.name = "feed_forward.", mlp.up = "w13", mlp.down = "w2";
  MoeSpec moe;
  if (sparse) moe = b.moe();
  moe.balancing = Balancing::done;
  moe.rank_needs_expert = true;
  moe.router_quantizable = true;
  if (b.text.flag("use_expert_bias", true)) moe.correction = "gate.e_score_correction_bias";
  moe.name = "feed_forward.", moe.gate_name = "w1";
  const std::int64_t dense = sparse ? b.text.index("num_dense_layers", 2) : b.sizes.layers;
  const std::vector<std::int64_t> indices = b.text.integers("full_attn_idxs");
  b.embeddings({.placement = "all", .norm = "embedding_norm.weight"});
  const auto kind_of = [&](std::int64_t i) { return (is_attention(b, indices, i) ? 1 : 0) + (i >= dense ? 2 : 0); };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind & 1) b.add(layer, attention);
    else add(b, layer, conv);
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, mlp);
    layer.bare_attention = true;  // built without the quantization
    b.norms(layer, {"operator_norm.weight", "ffn_norm.weight"});
  });
  if (b.context.architecture != "Lfm2BidirectionalModel") return;
  make_pooling(b.model);
  b.model.encoder_only = true;
  for (Layer& layer : b.model.layers) layer.caches.clear();
}

}  // namespace

extern const Family lfm2{
    .id = "lfm2",
    .architectures = "Lfm2ForCausalLM Lfm2MoeForCausalLM Lfm2BidirectionalModel",
    .model_types = "lfm2 lfm2_moe",
    .source = "vllm/model_executor/models/lfm2.py, lfm2_moe.py",
    .describe = describe_lfm2,
};

}  // namespace vram_gauge::families
