#include "families/family.hpp"
#include "families/wrappers.hpp"
#include "towers/minimax_vl.hpp"

namespace vram_gauge::families {

// A layer that picks the blocks it attends to: index heads beside the KV heads in the fused projection, one index key,
// and its cache. The layer calls the kernels itself: no Attention module, but the same scales.
static void add_picking(Builder& b, Layer& layer, const ConfigReader& picking) {
  constexpr std::int64_t kernel_block = 128;
  const std::int64_t dim = picking.positive("sparse_index_dim", 128);
  for (Module& module : layer.modules) {
    if (module.name != "qkv_proj") continue;
    const Dim in = module.dims.back();
    module.dims.back() = {b.sizes.kv_heads, dim, Split::heads, "index_q_proj"};
    module.dims.push_back({dim, 1, Split::none, "index_k_proj"});
    module.dims.push_back(in);
  }
  for (const std::string_view name : {"index_q_norm.weight", "index_k_norm.weight"})
    layer.modules.push_back(tensor(Role::norm, name, {{dim}}));
  layer.attention_scales = 0;
  if (b.since(26) && !b.since(33))
    b.inexact("From which release on these layers register their scales (16 bytes each) was not read.");
  if (b.since(26))
    for (const std::string_view name : {"_k_scale", "_v_scale", "_q_scale", "_prob_scale"})
      layer.modules.push_back(buffer(Role::attention, name, {}, Dtype::float32));
  for (Module& module : layer.modules) module.parent = "self_attn.";
  layer.caches.back().kernel_block = kernel_block;
  layer.caches.back().unscaled = true;
  Cache keys;
  keys.kind = Cache::Kind::mla;
  keys.name = "indexer";
  keys.fixed_bytes = 2 * dim;  // bfloat16 whatever the KV dtype
  keys.kernel_block = kernel_block;
  layer.caches.push_back(std::move(keys));
}

static void describe_minimax_m3(Builder& b) {
  b.model.tied = false;  // whatever the file says
  const ConfigReader picking = b.text.object("sparse_attention_config");
  if (!picking && b.text.has("index_n_heads"))
    b.inexact("Which layers pick blocks is read from sparse_attention_config, which the file has not.");
  const std::vector<std::int64_t> picks =
      picking ? picking.integers("sparse_attention_freq") : std::vector<std::int64_t>();
  const std::vector<std::int64_t> sparse = b.text.integers("moe_layer_freq");
  AttentionSpec attention = b.attention();
  attention.qk_norm = QkNorm::head;
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.rank_needs_expert = true;
  moe.name = "block_sparse_moe.";
  moe.router = Dtype::float32;
  moe.inner = b.sizes.expert_inner = b.sizes.inner;
  moe.shared_inner = moe.inner * b.text.integer("n_shared_experts", 0);
  if (b.text.flag("use_routing_bias")) moe.correction = "e_score_correction_bias";
  const auto kind_of = [&](std::int64_t i) {
    return (entry<std::int64_t>(picks, i, 0) != 0 ? 1 : 0) |
           (sparse.empty() || entry<std::int64_t>(sparse, i, 0) != 0 ? 2 : 0);
  };
  const auto describe = [&](Layer& layer, int kind) {
    b.add(layer, attention);
    if (kind & 1) add_picking(b, layer, picking);
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, MlpSpec{.inner = b.text.integer("dense_intermediate_size", b.sizes.inner)});
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  };
  b.embeddings("fll");
  b.layers(b.sizes.layers, kind_of, describe);
  // vllm/models/minimax_m3/nvidia/mtp.py
  const std::int64_t predictors = b.text.integer("num_mtp_modules", 0, 1 << 10);
  if (predictors == 0) return;
  describe(b.model.mtp, picking ? 3 : 2);
  b.norms(b.model.mtp, {"enorm.weight", "hnorm.weight", "final_layernorm.weight"});
  b.model.mtp.modules.push_back(replicated(Role::other, "eh_proj", 2 * b.sizes.hidden, {{b.sizes.hidden}}));
  b.model.mtp_prefix = "mtp.layers.";
  b.predicts(predictors);
}

static void wrap_minimax_m3(Builder& b) {
  if (b.context.architecture != "MiniMaxM3SparseForConditionalGeneration") return;
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_minimax_vl_tower(b, vision); });
}

extern const Family minimax_m3{
    .id = "minimax_m3",
    .architectures = "MiniMaxM3SparseForConditionalGeneration MiniMaxM3SparseForCausalLM",
    .model_types = "minimax_m3 minimax_m3_text minimax_m3_vl",
    .source = "vllm/models/minimax_m3/nvidia/model.py",
    .describe = describe_minimax_m3,
    .wrap = wrap_minimax_m3,
};

}  // namespace vram_gauge::families
