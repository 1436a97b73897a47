// Mamba and Mamba-2 (vllm/model_executor/layers/mamba/mamba_mixer.py, mamba_mixer2.py; states: mamba_utils.py).
#include "blocks/state_space.hpp"

namespace vram_gauge {

void add(Builder& b, Layer& layer, const Mamba1Spec& spec) {
  const std::size_t first = layer.modules.size();
  const Dim inner{spec.inner, 1, Split::even};
  auto& modules = layer.modules;
  modules.push_back(convolution("conv1d", {inner}, spec.kernel, spec.conv_bias));
  modules.push_back(column(Role::linear_attention, "in_proj", b.sizes.hidden, {inner, inner}, spec.bias));
  modules.push_back(row(Role::linear_attention, "x_proj", spec.inner, spec.dt_rank + 2 * spec.state));
  modules.push_back(column(Role::linear_attention, "dt_proj", spec.dt_rank, {inner}, true));
  modules.push_back(tensor(Role::linear_attention, "A", {inner, {spec.state}}, Dtype::float32));
  modules.push_back(tensor(Role::linear_attention, "D", {inner}));
  modules.push_back(row(Role::linear_attention, "out_proj", spec.inner, b.sizes.hidden, spec.bias));
  if (spec.norms) {
    b.norm(layer, "dt_layernorm.weight", spec.dt_rank);
    b.norm(layer, "b_layernorm.weight", spec.state);
    b.norm(layer, "c_layernorm.weight", spec.state);
  }
  for (std::size_t i = first; i < modules.size(); ++i) modules[i].quantizable = false;
  place_under(layer, first, spec.name);
  add_state_cache(b, layer, Cache::Mixer::mamba1, {{spec.kernel - 1, {inner}}, {spec.state, {inner}}});
}

Mamba2Spec mamba2_spec(const Builder& b, std::int64_t inner) {
  Mamba2Spec spec;
  spec.inner = inner;
  spec.heads = b.text.size("mamba_n_heads");
  spec.head_dim = per_head(inner, spec.heads);
  spec.groups = b.text.size("mamba_n_groups");
  spec.state = b.text.size("mamba_d_state");
  spec.kernel = b.text.size("mamba_d_conv", max_factor);
  spec.conv_bias = b.text.flag("mamba_conv_bias", true);
  spec.bias = b.text.flag("mamba_proj_bias");
  return spec;
}

Dim group_columns(const Mamba2Spec& spec) {
  return {spec.groups, spec.state, spec.groups == 1 ? Split::none : Split::even};
}

void add(Builder& b, Layer& layer, const Mamba2Spec& spec) {
  const std::size_t first = layer.modules.size();
  const std::int64_t width = spec.inner ? spec.inner : spec.heads * spec.head_dim;
  const Dim inner{width, 1, Split::even}, group = group_columns(spec), heads{spec.heads, 1, Split::even};
  auto& modules = layer.modules;
  modules.push_back(convolution("conv1d", {inner, group, group}, spec.kernel, spec.conv_bias));
  modules.push_back(
      column(Role::linear_attention, "in_proj", b.sizes.hidden, {inner, inner, group, group, heads}, spec.bias));
  modules.back().one_piece_from = spec.groups == 1 ? 2 : 0;  // which no ranks divide
  modules.push_back(tensor(Role::linear_attention, "A", {heads}, Dtype::float32));
  modules.push_back(tensor(Role::linear_attention, "D", {heads}));
  modules.push_back(tensor(Role::linear_attention, "dt_bias", {heads}));
  modules.push_back(row(Role::linear_attention, "out_proj", width, b.sizes.hidden, spec.bias));
  if (spec.gated_norm) modules.push_back(tensor(Role::norm, "norm.weight", {inner}));
  place_under(layer, first, spec.name);
  const State conv{spec.kernel - 1, {inner, group, group}, Dtype::model, true};
  const State recurrent{spec.state, {{spec.heads, spec.head_dim, Split::even}}, spec.recurrent};
  add_state_cache(b, layer, Cache::Mixer::mamba2, {conv, recurrent});
}

}  // namespace vram_gauge
