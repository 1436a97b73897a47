#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/step.hpp"

namespace vram_gauge::families {
namespace {

constexpr std::int64_t proxy = 256;  // the width of an indexer's head, and the bytes it keeps of each eight tokens

struct Step5Layer {
  bool slides = false, sparse = false;
  double theta = 0, partial = 1;
  bool operator==(const Step5Layer&) const = default;
};

// Of all layers, the predictors' behind the model's.
std::vector<Step5Layer> layers_step5(const Builder& b, std::int64_t count) {
  const std::vector<std::string_view> types = b.text.texts("layer_types_with_mtp|layer_types");
  const std::vector<double> thetas = b.text.numbers("rope_theta"), partials = b.text.numbers("partial_rotary_factors");
  const std::string_view key = b.text.has("moe_layers_enum") ? "moe_layers_enum" : "moe_layer_list";
  const bool listed = b.text.is_array(key);
  const std::vector<std::int64_t> sparse = listed ? b.text.integers(key) : std::vector<std::int64_t>{};
  const std::vector<bool> told = listed ? std::vector<bool>{} : step_sparse_layers(b);
  std::vector<Step5Layer> layers;
  layers.reserve(static_cast<std::size_t>(std::max<std::int64_t>(0, count)));
  for (std::int64_t i = 0; i < count; ++i)
    layers.push_back({.slides = types.empty() ? i % 2 == 0 : entry(types, i, std::string_view{}) == "sliding_attention",
                      .sparse = listed ? holds(sparse, i) : entry(told, i, false),
                      .theta = thetas.size() == 1 ? thetas[0] : entry(thetas, i, 0.0),
                      .partial = entry(partials, i, 1.0)});
  return layers;
}

AttentionSpec attention_step5(Builder& b, bool slides) {
  const std::string_view type = slides ? "sliding_attention" : "full_attention";
  AttentionSpec spec = b.attention();
  spec.qk_norm = QkNorm::head;
  if (const ConfigReader other = b.text.object("attention_other_setting"); other.text("attention_type") == type) {
    spec.heads = other.integer("num_attention_heads", spec.heads);
    spec.kv_heads = other.integer("num_attention_groups", spec.kv_heads);
    spec.head_dim = other.integer("head_dim", spec.head_dim);
  }
  spec.window = slides ? b.window() : 0;
  if (spec.window > 0) spec.heads = b.text.integer("swa_num_attention_heads", spec.heads);
  return spec;
}

bool scales_step5(const Builder& b, bool slides) {
  const std::vector<std::string_view> only = b.text.texts("yarn_only_types");
  return only.empty() || holds(only, std::string_view(slides ? "sliding_attention" : "full_attention"));
}

int rope_step5(Builder& b, std::int64_t dim, bool scales, std::int64_t base) {
  return b.rope({.dim = dim,
                 .parameters = scales ? b.rope_parameters() : ConfigReader(),
                 .own_parameters = true,
                 .kind = static_cast<int>(2 * base + scales)});
}

// What picks the regions that a layer attends to: projections beside those of the attention, one key for each region
// and the open one's rows (sparse_summary_cache.py, csa_tail_ring.py).
void add_indexer_step5(Builder& b, Layer& layer, const AttentionSpec& attention, std::int64_t base) {
  const ConfigReader sparse = b.text.object("sparse_config");
  const std::int64_t heads = sparse.positive("sparse_indexer_num_heads", 16),
                     groups = sparse.positive("index_tp_size|num_provider_groups", 4);
  Module& fused = layer.modules[0];
  fused.name = "qkv_indexer_proj";
  fused.quantizable = false;
  fused.dims.insert(fused.dims.end() - 1, {{groups, heads / groups * proxy, Split::heads, "sparse_indexer_q"},
                                           {1, proxy, Split::heads, "sparse_indexer_k"},
                                           {1, proxy, Split::heads, "sparse_indexer_z"}});
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(
      column(Role::attention, "sparse_indexer_w", b.sizes.hidden, {{groups, heads / groups, Split::heads}}));
  layer.modules.back().quantizable = false;
  layer.modules.push_back(tensor(Role::attention, "ssmax_s", {{attention.heads}}, Dtype::float32));
  layer.modules.push_back(tensor(Role::norm, "sparse_indexer_q_norm.weight", {{proxy}}));
  layer.modules.push_back(layer_norm("sparse_indexer_k_norm.weight", proxy));
  place_under(layer, first, "self_attn.");
  layer.ropes |= 1u << rope_step5(b, sparse.positive("sparse_indexer_rope_dim", 32), true, base);
  Cache ring = layer.caches.front();
  layer.caches.front().stride_tokens = 8;
  layer.caches.push_back({.name = "sparse_summary_cache",
                          .head_size = proxy,
                          .fixed_bytes = proxy,
                          .tokens_per_entry = 8,
                          .packed = true});
  ring.kind = Cache::Kind::circular;
  ring.name = "csa_tail_ring";
  ring.stride_alignment = 1024;
  layer.caches.push_back(std::move(ring));
}

void describe_step5(Builder& b) {
  const std::int64_t predictors = b.text.integer("num_nextn_predict_layers", 0, 1 << 10);
  const std::vector<Step5Layer> all = layers_step5(b, b.sizes.layers + predictors);
  const bool indexed = b.text.object("sparse_config").flag("enabled", true);
  const Dtype norms = b.text.text("norm_dtype", "bf16").starts_with("b") ? Dtype::bfloat16 : Dtype::float32;
  if (!b.text.object("sparse_config") || (indexed && !b.text.flag("use_head_wise_attn_gate")) ||
      !b.text.flag("need_fp32_gate") || !b.text.flag("use_moe_router_bias"))
    b.inexact("vLLM refuses this Step5: it has no sparse_config, no gate of attention, or another router.");
  if (const int sm = b.context.capability; indexed && sm != 0 && sm != 90 && sm != 100 && sm != 103)
    b.inexact("vLLM runs Step5's indexed attention on compute capability 9.0, 10.0 and 10.3 only.");
  if (!b.quant_method().empty() && !b.quantization_spares("self_attn"))
    b.inexact("vLLM refuses a Step5 whose indexed attention is quantized.");
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done, moe.rank_needs_expert = true;
  moe.name = "moe.", moe.router = Dtype::float32, moe.correction = "router_bias", moe.shared = "share_expert.";
  moe.shared_inner = b.text.integer("share_expert_dim", moe.inner * moe.top_k);
  const auto describe = [&](Layer& layer, int kind) {
    const Step5Layer& like = all[static_cast<std::size_t>(kind)];
    AttentionSpec spec = attention_step5(b, like.slides);
    const auto same = [&](const Step5Layer& other) { return other.theta == like.theta; };
    const std::int64_t base = std::find_if(all.begin(), all.end(), same) - all.begin();
    const auto dim = static_cast<std::int64_t>(static_cast<double>(spec.head_dim) * like.partial);
    spec.rope = rope_step5(b, dim, scales_step5(b, like.slides), base);
    b.add(layer, spec);
    if (b.text.flag("use_head_wise_attn_gate")) {
      const Dim gates{spec.heads, 1, Split::even, "g_proj"};
      if (like.slides || !indexed)
        layer.modules.insert(layer.modules.begin() + 1, column(Role::attention, "g_proj", b.sizes.hidden, {gates}));
      else layer.modules[0].dims.insert(layer.modules[0].dims.end() - 1, gates);
      layer.modules[1].parent = "self_attn.";
    }
    if (!like.slides && indexed) add_indexer_step5(b, layer, spec, base);
    if (like.sparse) b.add(layer, moe);
    else b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
    for (Module& module : layer.modules)
      if (module.role == Role::norm && !module.name.starts_with("sparse_indexer")) module.dtype = norms;
  };
  b.embeddings("tll");
  for (Placed& placed : b.model.outside)
    if (placed.module.role == Role::norm) placed.module.dtype = norms;
  b.layers(
      b.sizes.layers,
      [&](std::int64_t i) {
        const auto like = std::find(all.begin(), all.end(), all[static_cast<std::size_t>(i)]);
        return static_cast<int>(like - all.begin());
      },
      describe);
  // vllm/models/step5/nvidia/mtp.py: none of them has experts.
  if (predictors == 0) return;
  b.model.mtp_stages = false;
  describe(b.model.mtp, static_cast<int>(b.sizes.layers));
  b.predicts_from_streams(predictors);
}

}  // namespace

extern const Family step5{
    .id = "step5",
    .architectures = "Step5ForCausalLM",
    .model_types = "step5",
    .source = "vllm/models/step5/nvidia/",
    .describe = describe_step5,
};

}  // namespace vram_gauge::families
