#include "runtime_shapes.hpp"

#include <algorithm>

#include "words.hpp"

namespace vram_gauge {
namespace {

bool divides_output(const Module& module) {
  for (std::size_t i = 0; i + 1 < module.dims.size(); ++i)
    if (module.dims[i].split != Split::none) return true;
  return false;
}

std::int64_t outputs(const Module& module, std::int64_t tp) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i + 1 < module.dims.size(); ++i) sum += share(module.dims[i], tp);
  return sum;
}

// A layer's piece of the compiled graph between two attention operators: the attention's output is still held, then
// gate and up, then their product. Projections into attention come before it and are another piece.
struct LayerWidth {
  std::int64_t into_attention = 0, attention = 0, up = 0, activation = 0;

  void add(const Module& module, std::int64_t tp) {
    if (module.kind != Module::Kind::linear || module.dims.size() < 2) return;
    const bool attends = module.role == Role::attention || module.role == Role::linear_attention;
    if (!attends && module.role != Role::mlp && module.role != Role::experts) return;
    if (module.dims.back().split != Split::none) {  // row-parallel: its input is the product of what came before
      std::int64_t& input = attends ? attention : activation;
      input = std::max(input, share(module.dims.back(), tp));
    } else if (divides_output(module)) {
      std::int64_t& output = attends ? into_attention : up;
      output = attends ? output + outputs(module, tp) : std::max(output, outputs(module, tp));
    }
  }

  std::int64_t elements() const { return std::max(into_attention, attention + up + activation); }
};

void add_experts(const Module& module, const Model& model, const ExpertLayout& layout, ForwardShape& shape) {
  const std::int64_t inner = module.dims[2].whole() / layout.width_ranks;
  if (module.top_k * inner < shape.top_k * shape.expert_inner) return;
  shape.experts = module.dims[0].whole();
  shape.expert_inner = inner;
  shape.top_k = module.top_k;
  if (module.scheme > 0 && module.scheme < static_cast<int>(model.schemes.size())) {
    shape.expert_format = model.schemes[module.scheme].format;
    shape.expert_method = model.quantization;
  }
}

void add_caches(const Layer& layer, const Model& model, std::int64_t tp, ForwardShape& shape) {
  for (const Cache& cache : layer.caches) {
    if (cache.kind == Cache::Kind::mamba) shape.linear_attention = true;
    if (cache.kind != Cache::Kind::mla) continue;
    const Sizes& sizes = model.sizes;
    shape.latent_size = std::max(shape.latent_size, cache.head_size);
    shape.latent_expanded = sizes.heads / tp * (sizes.nope_dim + sizes.v_dim);
  }
}

void add_towers(const Model& model, std::int64_t tp, ForwardShape& shape) {
  for (const Tower& tower : model.towers)
    for (const Module& module : tower.modules) {
      if (module.kind != Module::Kind::linear || module.role != Role::vision || module.dims.size() < 2) continue;
      if (contains(module.name, "qkv")) shape.encoder_width = std::max(shape.encoder_width, module.dims.back().whole());
      else shape.encoder_inner = std::max(shape.encoder_inner, outputs(module, tp));
    }
}

}  // namespace

ExpertLayout expert_layout(const Request& request) {
  const Engine& engine = request.engine;
  if (!engine.enable_expert_parallel)
    return {engine.tensor_parallel_size * engine.data_parallel_size, engine.data_parallel_size};
  return {1, engine.data_parallel_size};
}

ForwardShape forward_shape(const Model& model, const Request& request, std::int64_t stage) {
  const std::int64_t tp = request.engine.tensor_parallel_size, pp = request.engine.pipeline_parallel_size;
  const auto [first, last] = stage_layers(model.sizes.layers, pp, stage);
  ForwardShape shape;
  shape.hidden = model.sizes.hidden;
  shape.first_stage = stage == 0;
  shape.last_stage = stage == pp - 1;
  shape.layers = last - first;
  shape.sparse_attention = model.sizes.index_topk > 0;
  const ExpertLayout layout = expert_layout(request);
  for (const Layer& layer : model.layers) {
    if (count_between(layer, first, last) == 0) continue;
    LayerWidth width;
    for (const Module& module : layer.modules) {
      width.add(module, tp);
      if (module.kind == Module::Kind::experts && module.dims.size() == 3) add_experts(module, model, layout, shape);
    }
    shape.widest = std::max(shape.widest, width.elements());
    add_caches(layer, model, tp, shape);
  }
  if (shape.first_stage || !applies(Rule::towers_on_first_stage, request.release)) add_towers(model, tp, shape);
  return shape;
}

}  // namespace vram_gauge
