#include <algorithm>
#include <utility>

#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

// A Mamba-2 of its own: B, C and the step are made from the convolution's output, each with a norm.
static void add_mixer_plamo2(Builder& b, Layer& layer) {
  const Dim heads{b.text.size("mamba_num_heads"), 1, Split::even};
  const Dim inner{heads.units, b.sizes.head_dim, Split::even};
  const std::int64_t state = b.text.size("mamba_d_state"), kernel = b.text.size("mamba_d_conv", max_factor),
                     rank = std::max<std::int64_t>(64, b.sizes.hidden / 16);
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(convolution("conv1d", {inner}, kernel, false));
  layer.modules.push_back(column(Role::linear_attention, "in_proj", b.sizes.hidden, {inner, inner}));
  for (const auto& [name, out] : {std::pair("bcdt_proj", rank + 2 * state), std::pair("out_proj", b.sizes.hidden)}) {
    layer.modules.push_back(row(Role::linear_attention, name, 1, out));
    layer.modules.back().dims.back() = inner;
  }
  layer.modules.push_back(column(Role::linear_attention, "dt_proj", rank, {heads}));
  layer.modules.push_back(tensor(Role::linear_attention, "A", {heads}, Dtype::float32));
  for (const std::string_view name : {"D", "dt_bias"})
    layer.modules.push_back(tensor(Role::linear_attention, name, {heads}));
  b.norm(layer, "dt_norm.weight", rank);
  b.norm(layer, "B_norm.weight", state);
  b.norm(layer, "C_norm.weight", state);
  place_under(layer, first, "mixer.");
  add_state_cache(b, layer, Cache::Mixer::mamba2, {{kernel - 1, {inner}, Dtype::model, true}, {state, {inner}}});
}

static void describe_plamo2(Builder& b) {
  b.sizes.head_dim = b.text.size("hidden_size_per_head");
  AttentionSpec attention = b.attention();
  attention.qk_norm = QkNorm::sharded;
  attention.name = "mixer.";
  attention.rope = b.rope({.max_positions = b.served_positions()});
  const std::int64_t step = std::max<std::int64_t>(2, b.text.size("mamba_step"));
  const bool few = b.sizes.layers <= step / 2;
  b.sizes.mamba_chunk = b.text.integer("mamba_chunk_size", 0);
  b.embeddings("aaa");
  b.model.outside.back().module.quantizable = false;  // the head
  const auto kind_of = [&](std::int64_t i) { return few ? i + 1 == b.sizes.layers : i % step == step / 2; };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind) b.add(layer, attention), layer.bare_attention = true;
    else add_mixer_plamo2(b, layer);
    b.add(layer, b.mlp());
    b.norms(layer, {"pre_mixer_norm.weight", "post_mixer_norm.weight", "pre_mlp_norm.weight", "post_mlp_norm.weight"});
  });
}

extern const Family plamo2{
    .id = "plamo2",
    .architectures = "Plamo2ForCausalLM",
    .model_types = "plamo2",
    .source = "vllm/model_executor/models/plamo2.py",
    .describe = describe_plamo2,
};

}  // namespace vram_gauge::families
