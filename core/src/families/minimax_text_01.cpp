#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

// Which layers have lightning attention (0) and which the usual one (1).
static std::vector<std::int64_t> attention_types_minimax_text_01(const Builder& b) {
  std::vector<std::int64_t> types = b.text.integers("attn_type_list|decoder_attention_types");
  if (!types.empty() || (!b.text.is_array("layer_types") && b.model.model_type != "minimax")) return types;
  std::vector<std::int64_t> named;
  named.reserve(static_cast<std::size_t>(std::max<std::int64_t>(0, b.sizes.layers)));
  for (std::int64_t i = 0; i < b.sizes.layers; ++i) named.push_back(b.type_of(i) == LayerType::linear ? 0 : 1);
  return named;
}

static void add_lightning_attention(Builder& b, Layer& layer) {
  const Dim heads{b.sizes.heads, b.sizes.head_dim, Split::even};
  // q, k and v are one piece, of which a rank has its share.
  layer.modules.push_back(
      column(Role::linear_attention, "qkv_proj", b.sizes.hidden, {{b.sizes.heads, 3 * b.sizes.head_dim, Split::even}}));
  layer.modules.push_back(column(Role::linear_attention, "output_gate", b.sizes.hidden, {heads}));
  layer.modules.push_back(row(Role::linear_attention, "out_proj", 1, b.sizes.hidden));
  layer.modules.back().dims.back() = heads;
  layer.modules.push_back(tensor(Role::norm, "norm.weight", {heads}));
  add_state_cache(b, layer, Cache::Mixer::linear_attention, {{b.sizes.head_dim, {heads}}});
}

static void describe_minimax_text_01(Builder& b) {
  b.model.tied = false;
  AttentionSpec attention = b.attention();
  attention.name = "";
  attention.rope = b.rope({.dim = b.text.positive("rotary_dim", b.sizes.head_dim),
                           .max_positions = b.served_positions(),
                           .dtype = Dtype::float32});
  MoeSpec moe = b.moe();
  moe.inner = b.sizes.expert_inner = b.sizes.inner;
  moe.router = Dtype::float32;
  moe.name = "";
  const std::vector<std::int64_t> types = attention_types_minimax_text_01(b);
  b.embeddings("fll");
  Module& head = b.model.outside.back().module;
  head.dtype = Dtype::float32, head.quantizable = false;
  // A number, or a list with one a layer.
  const auto value = [&](std::string_view key, std::int64_t i, std::int64_t otherwise) {
    return b.text.is_array(key) ? entry(b.text.integers(key), i, otherwise) : b.text.integer(key, otherwise);
  };
  struct Kind {
    std::int64_t type, experts, shared;
    bool operator==(const Kind&) const = default;
  };
  std::vector<Kind> kinds;
  const auto kind_of = [&](std::int64_t i) {
    const Kind kind{entry<std::int64_t>(types, i, 1), value("num_local_experts", i, 1),
                    value("shared_intermediate_size", i, 0)};
    const auto found = std::find(kinds.begin(), kinds.end(), kind);
    const auto index = static_cast<int>(found - kinds.begin());
    if (found == kinds.end()) kinds.push_back(kind);
    return index;
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int index) {
    const Kind kind = kinds[static_cast<std::size_t>(index)];
    if (kind.type == 0) add_lightning_attention(b, layer);
    else b.add(layer, attention);
    moe.experts = kind.experts;
    if (kind.experts == 1) b.add(layer, MlpSpec{.inner = b.sizes.inner, .name = ""});
    else b.add(layer, moe);
    if (kind.shared > 0) {
      b.add(layer, MlpSpec{.inner = kind.shared, .name = ""});
      layer.modules.push_back(replicated(Role::mlp, "coefficient", b.sizes.hidden, {{1}}));
      layer.modules.back().dtype = Dtype::float32;
    }
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family minimax_text_01{
    .id = "minimax_text_01",
    .architectures = "MiniMaxText01ForCausalLM MiniMaxM1ForCausalLM MiniMaxForCausalLM",
    .model_types = "minimax_text_01 minimax_m1 minimax",
    .source = "vllm/model_executor/models/minimax_text_01.py, layers/mamba/linear_attn.py",
    .describe = describe_minimax_text_01,
};

}  // namespace vram_gauge::families
