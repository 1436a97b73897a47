// Gated delta nets (vllm/model_executor/layers/mamba/gdn/qwen_gdn_linear_attn.py, olmo_gdn_linear_attn.py).
#include "blocks/state_space.hpp"

namespace vram_gauge {

void add(Builder& b, Layer& layer, const DeltaNetSpec& spec) {
  using Layout = DeltaNetSpec::Layout;
  const std::size_t first = layer.modules.size();
  const bool olmo = spec.layout == Layout::olmo;
  const Role role = Role::linear_attention;
  const Dim keys{spec.key_heads, spec.key_dim, Split::even}, values{spec.value_heads, spec.value_dim, Split::even};
  const Dim heads{spec.value_heads, 1, Split::even};
  // Interleaved: one logical shard, its columns grouped by key head.
  const std::int64_t per_key_head =
      2 * spec.key_dim + 2 * spec.value_dim * (spec.key_heads ? spec.value_heads / spec.key_heads : 0);
  const std::vector<Dim> fused = spec.layout == Layout::interleaved
                                     ? std::vector<Dim>{{spec.key_heads, per_key_head, Split::even}}
                                     : std::vector<Dim>{keys, keys, values, values};
  auto& modules = layer.modules;
  modules.push_back(convolution("conv1d", {keys, keys, values}, spec.kernel, false));
  modules.push_back(column(role, olmo ? "in_proj_qkvg" : "in_proj_qkvz", b.sizes.hidden, fused));
  if (spec.layout == Layout::separate) {
    for (std::size_t i = 0; i < 3; ++i) modules.back().dims[i].shard = "in_proj_qkv";
    modules.back().dims[3].shard = "in_proj_z";
  }
  if (olmo) {
    modules.push_back(column(role, "b_proj", b.sizes.hidden, {heads}));
    modules.push_back(column(role, "a_proj", b.sizes.hidden, {heads}));
  } else if (spec.layout == Layout::interleaved) {
    modules.push_back(column(role, "in_proj_ba", b.sizes.hidden, {{spec.value_heads, 2, Split::even}}));
  } else {
    const Split split = spec.whole_gates ? Split::none : Split::even;
    modules.push_back(column(role, "in_proj_ba", b.sizes.hidden,
                             {{spec.value_heads, 1, split, "in_proj_b"}, {spec.value_heads, 1, split, "in_proj_a"}}));
  }
  modules.push_back(tensor(role, "dt_bias", {heads}));
  modules.push_back(tensor(role, "A_log", {heads}, olmo ? Dtype::model : Dtype::float32));
  modules.push_back(tensor(Role::norm, olmo ? "o_norm.weight" : "norm.weight", {{spec.value_dim}}));
  modules.push_back(row(role, olmo ? "o_proj" : "out_proj", 1, b.sizes.hidden));
  modules.back().dims.back() = values;
  place_under(layer, first, spec.name);
  const State conv{spec.kernel - 1, {keys, keys, values}, Dtype::model, true};
  const State recurrent{spec.key_dim, {values}, spec.recurrent};
  add_state_cache(b, layer, Cache::Mixer::gated_delta_net, {conv, recurrent});
  layer.caches.back().checkpoints = !olmo;
}

}  // namespace vram_gauge
