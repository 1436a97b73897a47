#include "blocks/state_space.hpp"

namespace vram_gauge {
namespace {

// What the fused decode kernel keeps beside the weights (kda.py:is_fused_kda_decode_supported): copies in its own
// layout, where activations and convolution states are bfloat16 and recurrent states float32.
void add_decode_copies(Builder& b, Layer& layer, const KdaSpec& spec) {
  const int capability = b.context.capability;
  const bool supported = capability == 90 || capability / 10 == 10 || capability / 10 == 12;
  if (!supported || !b.context.usual_states || b.context.speculative_tokens > 0 || spec.head_dim != 128 ||
      spec.kernel != 4 || spec.heads % 12 != 0)
    return;
  constexpr std::int64_t least_heads = 12;
  const Dim channels{spec.heads, spec.head_dim, Split::even};
  layer.modules.push_back(
      buffer(Role::linear_attention, "decode_conv1d_weight", {{3}, {spec.kernel}, channels}, Dtype::float32));
  layer.modules.back().least = least_heads;
  layer.modules.push_back(buffer(Role::linear_attention, "decode_norm_weight", {{spec.head_dim}}, Dtype::float32));
}

void project(Builder& b, Layer& layer, const KdaSpec& spec) {
  const Role role = Role::linear_attention;
  const auto shard = [&](std::string_view name) { return Dim{spec.heads, spec.head_dim, Split::even, name}; };
  const Dim beta{spec.heads, 1, Split::even, "b_proj"}, decay{spec.head_dim, 1, Split::none, "f_a_proj"};
  auto& modules = layer.modules;
  if (spec.full_rank_gate) {
    const Dim aligned{spec.heads, 16, Split::padded, "b_proj"};  // rows of a rank are a multiple of 16
    modules.push_back(column(role, "in_proj_qkvgfab", b.sizes.hidden,
                             {shard("q_proj"), shard("k_proj"), shard("v_proj"), shard("g_proj"), decay, aligned}));
    return;
  }
  const Dim gate{spec.head_dim, 1, Split::none, "g_a_proj"};
  if (spec.fused_low_rank) {
    modules.push_back(column(role, "in_proj_qkvbfg_a", b.sizes.hidden,
                             {shard("q_proj"), shard("k_proj"), shard("v_proj"), beta, decay, gate}));
  } else if (b.since(27)) {
    modules.push_back(column(role, "in_proj_qkvgfab", b.sizes.hidden,
                             {shard("q_proj"), shard("k_proj"), shard("v_proj"), beta, decay}));
  } else {
    for (const std::string_view name : {"q_proj", "k_proj", "v_proj"})
      modules.push_back(column(role, name, b.sizes.hidden, {shard(name)}));
    modules.push_back(column(role, "b_proj", b.sizes.hidden, {beta}));
    modules.push_back(replicated(role, "f_a_proj", b.sizes.hidden, {decay}));
  }
  if (!spec.fused_low_rank) modules.push_back(replicated(role, "g_a_proj", b.sizes.hidden, {gate}));
  modules.push_back(column(role, "g_b_proj", spec.head_dim, {shard("g_b_proj")}));
}

}  // namespace

void add(Builder& b, Layer& layer, const KdaSpec& spec) {
  const Role role = Role::linear_attention;
  const std::size_t first = layer.modules.size();
  const Dim channels{spec.heads, spec.head_dim, Split::even};
  project(b, layer, spec);
  layer.modules.push_back(
      column(role, "f_b_proj", spec.head_dim, {{spec.heads, spec.head_dim, Split::even, "f_b_proj"}}));
  layer.modules.push_back(convolution("conv1d", {channels, channels, channels}, spec.kernel, false));
  layer.modules.back().dtype = Dtype::float32;
  layer.modules.push_back(tensor(role, "dt_bias", {channels}, Dtype::float32));
  layer.modules.push_back(tensor(role, "A_log", {{spec.heads, 1, Split::even}}, Dtype::float32));
  layer.modules.push_back(tensor(Role::norm, "o_norm.weight", {{spec.head_dim}}));
  layer.modules.push_back(row(role, "o_proj", 1, b.sizes.hidden));
  layer.modules.back().dims.back() = channels;
  if (spec.full_rank_gate) add_decode_copies(b, layer, spec);
  place_under(layer, first, spec.name);
  const State conv{spec.kernel - 1, {channels, channels, channels}, Dtype::model, true};
  const State recurrent{spec.head_dim, {channels}, Dtype::float32};
  add_state_cache(b, layer, Cache::Mixer::kda, {conv, recurrent});
  layer.caches.back().checkpoints = spec.full_rank_gate || (spec.fused_low_rank && b.since(32));
}

}  // namespace vram_gauge
