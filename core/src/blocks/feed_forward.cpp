// Dense feed-forward and mixture of experts (vllm/model_executor/layers/linear.py:MergedColumnParallelLinear,
// layers/fused_moe/layer.py:FusedMoE).
#include <algorithm>

#include "builder.hpp"

namespace vram_gauge {

constexpr const char* no_width = "The file doesn't say how wide its feed-forward layers are.";

void Builder::add(Layer& layer, const MlpSpec& spec) {
  if (spec.inner <= 0) inexact(no_width);
  const Split split = spec.replicated ? Split::none : Split::even;
  const std::size_t first = layer.modules.size();
  const Split wide = spec.whole_up ? Split::none : split;
  const Dim gate{spec.inner, 1, wide, "gate_proj"}, up{spec.inner, 1, wide, "up_proj"};
  const std::string_view fused = spec.up.empty() ? "gate_up_proj" : spec.up,
                         single = spec.up.empty() ? "up_proj" : spec.up;
  if (spec.gated && spec.fused) {
    layer.modules.push_back(column(spec.role, fused, sizes.hidden, {gate, up}, spec.bias));
  } else {
    if (spec.gated) layer.modules.push_back(column(spec.role, "gate_proj", sizes.hidden, {gate}, spec.bias));
    layer.modules.push_back(column(spec.role, single, sizes.hidden, {up}, spec.bias));
  }
  layer.modules.push_back(row(spec.role, spec.down, spec.inner, sizes.hidden, spec.bias));
  layer.modules.back().dims.back().split = split;
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].parent = spec.name;
}

void Builder::add(Layer& layer, const MoeSpec& spec) {
  if (spec.experts <= 0 || spec.inner <= 0) inexact(no_width);
  const std::int64_t hidden = spec.hidden ? spec.hidden : sizes.hidden;
  const std::size_t first = layer.modules.size();
  Module router = replicated(Role::experts, spec.gate, sizes.hidden, {{spec.experts}}, spec.router_bias);
  router.quantizable = spec.router_quantizable;
  router.dtype = spec.router;
  layer.modules.push_back(std::move(router));
  if (!spec.correction.empty())
    layer.modules.push_back(tensor(Role::experts, spec.correction, {{spec.experts}}, spec.correction_dtype));
  Module experts{.kind = Module::Kind::experts,
                 .role = Role::experts,
                 .name = "experts",
                 .dims = {{spec.experts}, {hidden}, {spec.inner}}};
  experts.quantizable = true;
  experts.gated = spec.gated;
  experts.bias = spec.expert_bias;
  experts.top_k = spec.top_k;
  experts.gate_name = spec.gate_name;
  experts.least = spec.least_share;
  experts.balancing = spec.balancing;
  experts.rank_needs_expert = spec.rank_needs_expert;
  layer.modules.push_back(std::move(experts));
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].parent = spec.name;
  if (spec.shared_inner > 0) {
    sizes.shared_inner = spec.shared_inner;
    const std::size_t shared = layer.modules.size();
    add(layer,
        MlpSpec{.inner = spec.shared_inner, .gated = spec.gated, .fused = spec.fused_shared, .name = spec.shared});
    for (std::size_t i = shared; i < layer.modules.size(); ++i) layer.modules[i].grandparent = spec.name;
  }
  if (!spec.shared_gate) return;
  Module gate = replicated(Role::mlp, "shared_expert_gate", sizes.hidden, {{1}});
  gate.quantizable = false;
  gate.parent = spec.name;
  layer.modules.push_back(std::move(gate));
}

void Builder::add_plain_experts(Layer& layer, const MoeSpec& spec) {
  Module gate = replicated(Role::experts, spec.gate, sizes.hidden, {{spec.experts}});
  gate.quantizable = spec.router_quantizable;
  Module up = tensor(Role::experts, "ws", {{spec.experts}, {spec.inner, 2, Split::even}, {sizes.hidden}});
  Module down = tensor(Role::experts, "w2s", {{spec.experts}, {sizes.hidden}, {spec.inner, 1, Split::even}});
  for (Module* module : {&gate, &up, &down}) {
    module->parent = spec.name;
    module->balancing = spec.balancing;
    module->top_k = module == &gate ? 0 : spec.top_k;
    layer.modules.push_back(std::move(*module));
  }
}

std::vector<bool> Builder::from_layer(std::string_view first_key, std::int64_t fallback) const {
  const std::int64_t first = text.index(first_key, fallback);
  return layers_where([&](std::int64_t i) { return i >= first; });
}

std::vector<bool> Builder::sparse_by_frequency() const {
  std::vector<bool> sparse = from_layer("first_k_dense_replace");
  const bool listed = text.is_array("moe_layer_freq");
  const std::vector<std::int64_t> flags = listed ? text.integers("moe_layer_freq") : std::vector<std::int64_t>();
  const std::size_t period = listed ? 1 : static_cast<std::size_t>(text.positive("moe_layer_freq", 1));
  for (std::size_t i = 0; i < sparse.size(); ++i)
    if (listed ? i >= flags.size() || flags[i] == 0 : i % period != 0) sparse[i] = false;
  return sparse;
}

std::vector<bool> Builder::sparse_by_type() const {
  std::vector<bool> sparse;
  for (const std::string_view type : text.texts("mlp_layer_types")) sparse.push_back(type == "sparse");
  return sparse.empty() ? from_layer("first_k_dense_replace") : sparse;
}

}  // namespace vram_gauge
