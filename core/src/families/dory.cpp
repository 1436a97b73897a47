#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

// A layer is attention or feed-forward alone, scaled by learned vectors instead of norms.
void add_mixer_dory(Builder& b, Layer& layer, std::string_view type, std::int64_t caches) {
  const std::size_t first = layer.modules.size();
  const auto vector = [&](std::string_view name, std::int64_t size) {
    layer.modules.push_back(tensor(Role::other, name, {{size}}));
    layer.modules.back().parent = "mixer.";
  };
  if (type == "mlp") {
    MlpSpec mlp = b.mlp();
    mlp.name = "mixer.";
    b.add(layer, mlp);
    vector("suv_gate", mlp.inner);
    vector("suv_up", mlp.inner);
    return b.norm(layer, "mlp_alpha", b.sizes.hidden);
  }
  AttentionSpec attention = b.attention();
  attention.name = "mixer.";
  attention.window = type == "sliding_attention" ? b.text.index("sliding_window", 1024, max_tokens) : 0;
  const ConfigReader parameters = b.rope_parameters(type), full = b.rope_parameters("full_attention");
  const bool own = parameters.number("rope_theta", 0) != full.number("rope_theta", 0);
  attention.rope = b.rope({.parameters = parameters, .own_parameters = true, .kind = own});
  b.add(layer, attention);
  const Dim all{attention.heads, attention.head_dim, Split::even, "g_proj"};
  layer.modules.insert(layer.modules.begin() + static_cast<std::ptrdiff_t>(first),
                       column(Role::attention, "g_proj", b.sizes.hidden, {all}));
  layer.modules[first].parent = "mixer.";
  vector("sqk", attention.heads * attention.head_dim);
  vector("s_gate", attention.heads * attention.head_dim);
  b.norm(layer, "attn_alpha", b.sizes.hidden);
  for (std::int64_t loop = 1; loop < caches; ++loop) ++layer.attention_scales;
}

void describe_dory(Builder& b) {
  b.model.tied = b.model.tensor_parallel = false;
  std::vector<std::string_view> types = b.text.texts("layer_types");
  const bool listed = !types.empty();
  const std::int64_t input = b.text.integer("n_input_layers", 0, max_layers),
                     loops = b.text.integer("n_recurrent_loops", 1, max_layers);
  const std::int64_t recurrent =
      b.text.integer("n_recurrent_layers", b.sizes.layers - input - b.text.integer("n_output_layers", 0), max_layers);
  const bool per_loop = b.text.text("recurrent_kv_cache_mode", "per_loop") == "per_loop";
  if (loops > 1 && per_loop) b.inexact("A recurrent layer's cache for each loop is not modelled.");
  const auto type_of = [&](std::int64_t i) -> std::string_view {
    if (listed) return entry<std::string_view>(types, i, "mlp");
    return i % 2 ? "mlp" : i % 8 == 6 ? "full_attention" : "sliding_attention";
  };
  b.embeddings({.placement = "a-a", .embedding = "embeddings"});
  b.outside(Stage::every, tensor(Role::lm_head, "lm_head.logit_scale", {{b.sizes.vocab}}));
  const auto kind_of = [&](std::int64_t i) {
    const std::string_view type = type_of(i);
    const int kind = type == "mlp" ? 0 : type == "sliding_attention" ? 1 : 2;
    return kind | (i >= input && i < input + recurrent ? 4 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    const std::string_view type = (kind & 3) == 0 ? "mlp" : (kind & 3) == 1 ? "sliding_attention" : "full_attention";
    add_mixer_dory(b, layer, type,
                   kind & 4 && per_loop ? std::max<std::int64_t>(1, std::min<std::int64_t>(loops, 64)) : 1);
  });
}

}  // namespace

extern const Family dory{
    .id = "dory",
    .architectures = "DoryForCausalLM",
    .model_types = "dory",
    .source = "vllm/model_executor/models/dory.py, vllm/transformers_utils/configs/dory.py",
    .describe = describe_dory,
};

}  // namespace vram_gauge::families
