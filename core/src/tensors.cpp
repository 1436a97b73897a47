#include "tensors.hpp"

#include <algorithm>

#include "quantization/quantized.hpp"

namespace vram_gauge {
namespace {

constexpr std::int64_t saturated = std::int64_t{1} << 62;

std::int64_t multiply(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) || product > saturated ? saturated : product;
}

// Lists one rank's tensors module by module.
class Lister {
 public:
  Lister(const Model& model, const Placement& placement, Rank rank, TensorSink& sink)
      : model_(model), placement_(placement), rank_(rank), sink_(sink), tp_(placement.parallel.tp) {}

  void module(std::string_view prefix, const Module& module, std::int64_t count, bool whole = false);
  void layers();
  void outside();
  void towers();

 private:
  void emit(TensorInfo info, std::string_view suffix, std::initializer_list<std::int64_t> shape, Dtype dtype);
  void linear(TensorInfo info, const Module& module, std::int64_t tp);
  void experts(TensorInfo info, const Module& module);
  void vocabulary(TensorInfo info, const Module& module, std::int64_t tp);
  void plain(TensorInfo info, const Module& module, std::int64_t tp);
  std::int64_t experts_here(std::int64_t experts) const;

  const Model& model_;
  const Placement& placement_;
  const Rank rank_;
  TensorSink& sink_;
  const std::int64_t tp_;
};

void Lister::emit(TensorInfo info, std::string_view suffix, std::initializer_list<std::int64_t> shape, Dtype dtype) {
  info.suffix = suffix;
  info.rank = static_cast<int>(shape.size());
  std::copy(shape.begin(), shape.end(), info.shape.begin());
  info.dtype = dtype == Dtype::model ? placement_.dtype : dtype;
  sink_.tensor(info);
}

void Lister::module(std::string_view prefix, const Module& module, std::int64_t count, bool whole) {
  TensorInfo info;
  info.prefix = prefix;
  info.grandparent = module.grandparent;
  info.parent = module.parent;
  info.module = module.name;
  info.role = module.role;
  info.buffer = module.buffer;
  info.count = count * module.repeat;
  if (info.count == 0) return;
  const std::int64_t tp = whole ? 1 : tp_;
  switch (module.kind) {
    case Module::Kind::linear: return linear(info, module, tp);
    case Module::Kind::experts: return experts(info, module);
    case Module::Kind::vocab: return vocabulary(info, module, tp);
    case Module::Kind::tensor: return plain(info, module, tp);
  }
}

void Lister::linear(TensorInfo info, const Module& module, std::int64_t tp) {
  LinearShape shape;
  const Dim& in = module.dims.back();
  for (std::size_t i = 0; i + 1 < module.dims.size(); ++i) {
    shape.outs.push_back(share(module.dims[i], tp));
    shape.out += shape.outs.back();
  }
  shape.in = share(in, tp);
  shape.whole_in = in.whole();
  shape.row_parallel = in.split != Split::none && tp > 1;
  if (module.scheme) quantized_linear(model_.schemes[static_cast<std::size_t>(module.scheme)], shape, placement_, info, sink_);
  else if (module.buffer) emit(info, {}, {shape.in, shape.out}, module.dtype);
  else if (module.depthwise) emit(info, ".weight", {shape.out, 1, shape.in}, module.dtype);
  else emit(info, ".weight", {shape.out, shape.in}, module.dtype);
  if (module.bias) emit(info, ".bias", {shape.out}, module.dtype);
}

// Whole experts by expert parallelism, the first ranks taking the remainder; all of them otherwise.
std::int64_t Lister::experts_here(std::int64_t experts) const {
  const Parallel& p = placement_.parallel;
  if (!p.expert_parallel) return experts;
  const std::int64_t ranks = p.tp * p.dp * p.pcp;
  return experts / ranks + (rank_.tp < experts % ranks ? 1 : 0);
}

void Lister::experts(TensorInfo info, const Module& module) {
  const Parallel& p = placement_.parallel;
  ExpertShape shape;
  shape.experts = experts_here(module.dims[0].whole());
  shape.hidden = module.dims[1].whole();
  shape.inner = p.expert_parallel ? module.dims[2].whole() : module.dims[2].whole() / (p.tp * p.dp * p.pcp);
  shape.gated = module.gated;
  shape.bias = module.bias;
  const std::int64_t wide = module.gated ? 2 * shape.inner : shape.inner;
  if (module.scheme) {
    quantized_experts(model_.schemes[static_cast<std::size_t>(module.scheme)], shape, placement_, info, sink_);
  } else {
    emit(info, ".routed_experts.w13_weight", {shape.experts, wide, shape.hidden}, module.dtype);
    emit(info, ".routed_experts.w2_weight", {shape.experts, shape.hidden, shape.inner}, module.dtype);
    if (module.bias) {
      emit(info, ".routed_experts.w13_bias", {shape.experts, wide}, module.dtype);
      emit(info, ".routed_experts.w2_bias", {shape.experts, shape.hidden}, module.dtype);
    }
  }
  if (!p.expert_parallel) return;
  info.buffer = true;
  emit(info, ".expert_map", {module.dims[0].whole()}, Dtype::int32);
}

void Lister::vocabulary(TensorInfo info, const Module& module, std::int64_t tp) {
  const std::int64_t rows = module.dims[0].whole();
  const std::int64_t held = module.plain_rows ? rows : round_up(rows, 64) / tp;
  emit(info, ".weight", {held, module.dims[1].whole()}, module.dtype);
  if (module.bias) emit(info, ".bias", {held}, module.dtype);
}

void Lister::plain(TensorInfo info, const Module& module, std::int64_t tp) {
  info.rank = static_cast<int>(module.dims.size());
  for (std::size_t i = 0; i < module.dims.size(); ++i) info.shape[i] = share(module.dims[i], tp);
  info.dtype = module.dtype == Dtype::model ? placement_.dtype : module.dtype;
  if (module.bias) info.count *= 2;
  sink_.tensor(info);
}

void Lister::layers() {
  const auto [first, last] = stage_layers(model_.sizes.layers, placement_.parallel.pp, rank_.pp);
  std::uint32_t ropes = 0;
  for (const Layer& layer : model_.layers) {
    const std::int64_t count = count_between(layer, first, last);
    if (count == 0) continue;
    ropes |= layer.ropes;
    for (const Module& m : layer.modules) module(model_.layer_prefix, m, count);
    if (layer.attention_scales == 0) continue;
    TensorInfo info;
    info.prefix = model_.layer_prefix;
    info.module = "self_attn.attn";
    info.role = Role::attention;
    info.count = count * layer.attention_scales;
    std::int64_t kv_heads = 1;
    if (!layer.caches.empty()) kv_heads = share(layer.caches[0].kv_heads, tp_);
    if (!model_.quantization.empty()) attention_scales(model_.quantization, layer.mla, kv_heads, info, sink_);
    info.buffer = true;
    for (const std::string_view name : {"._k_scale", "._v_scale", "._q_scale", "._prob_scale"}) emit(info, name, {}, Dtype::float32);
  }
  for (std::size_t i = 0; i < model_.ropes.size(); ++i) {
    if ((ropes >> i & 1) == 0) continue;
    TensorInfo info;
    info.prefix = model_.layer_prefix;
    info.module = "self_attn.rotary_emb";
    info.role = Role::attention;
    info.buffer = true;
    if (model_.ropes[i].frequencies) {
      emit(info, ".inv_freq", {model_.ropes[i].dim / 2}, Dtype::float32);
      emit(info, ".original_inv_freq", {model_.ropes[i].dim / 2}, Dtype::float32);
      continue;
    }
    emit(info, ".cos_sin_cache", {model_.ropes[i].rows, model_.ropes[i].dim}, model_.ropes[i].dtype);
  }
}

void Lister::outside() {
  bool embedding_here = false;
  for (const Placed& placed : model_.outside) {
    if (!is_on(placed.stage, rank_.pp, placement_.parallel, model_.tied)) continue;
    embedding_here |= placed.module.role == Role::embedding;
    // A tied head is the embedding's own tensor wherever both are on the rank.
    if (placed.module.role == Role::lm_head && model_.tied && embedding_here) continue;
    module(placed.module.role == Role::lm_head ? model_.head_prefix : model_.prefix, placed.module, 1);
  }
}

void Lister::towers() {
  const bool first_only = placement_.release >= Release{33, 0};
  for (const Tower& tower : model_.towers) {
    if (rank_.pp > 0 && first_only && !tower.every_stage) continue;
    const bool whole = tower.may_replicate && tower.heads % tp_ != 0;
    for (const Module& m : tower.modules) module(tower.prefix, m, 1, whole);
  }
}

Diagnostic refuse(std::string_view reason, std::string message, std::string_view field) {
  return {"vllm-refuses/" + std::string(reason), std::move(message), {std::string(field), {}, 0, 0}};
}

std::optional<Diagnostic> refuse_module(const Module& module, const Placement& placement, std::int64_t tp) {
  if (module.kind == Module::Kind::experts) {
    const Parallel& p = placement.parallel;
    const std::int64_t ranks = p.tp * p.dp * p.pcp;
    if (p.expert_parallel && module.dims[0].whole() < ranks)
      return refuse("too-few-experts", std::to_string(module.dims[0].whole()) + " experts can't be spread over " + std::to_string(ranks) + " GPUs.",
                    "engine.tensor_parallel_size");
    if (!p.expert_parallel && module.dims[2].whole() % ranks != 0)
      return refuse("heads-not-divisible", "The experts' width " + std::to_string(module.dims[2].whole()) + " can't be split over " + std::to_string(ranks) + " GPUs.",
                    "engine.tensor_parallel_size");
    return std::nullopt;
  }
  if (module.kind == Module::Kind::vocab && !module.plain_rows && round_up(module.dims[0].whole(), 64) % tp != 0)
    return refuse("heads-not-divisible", "The vocabulary can't be split over " + std::to_string(tp) + " GPUs.", "engine.tensor_parallel_size");
  for (const Dim& dim : module.dims) {
    const bool whole = dim.split == Split::none || dim.units % tp == 0 || (dim.split == Split::heads && tp % dim.units == 0);
    if (!whole)
      return refuse("heads-not-divisible",
                    std::to_string(dim.units) + (dim.unit > 1 ? " heads" : " columns") + " of " + std::string(module.name) + " can't be split over " + std::to_string(tp) + " GPUs.",
                    "engine.tensor_parallel_size");
  }
  return std::nullopt;
}

}  // namespace

std::int64_t TensorInfo::elements() const {
  std::int64_t product = 1;
  for (int i = 0; i < rank; ++i) product = multiply(product, shape[static_cast<std::size_t>(i)]);
  return product;
}

std::int64_t TensorInfo::bytes() const { return multiply(elements(), size_of(dtype)); }

void list_tensors(const Model& model, const Placement& placement, Rank rank, TensorSink& sink) {
  Lister lister(model, placement, rank, sink);
  lister.outside();
  lister.layers();
  lister.towers();
}

std::optional<Diagnostic> refuse_layout(const Model& model, const Placement& placement) {
  const std::int64_t tp = placement.parallel.tp;
  if (placement.parallel.pp > 1 && !model.pipeline)
    return refuse("pipeline-parallel-unsupported", "vLLM has no pipeline parallelism for this architecture.", "engine.pipeline_parallel_size");
  if (model.sizes.heads % tp != 0)
    return refuse("heads-not-divisible",
                  std::to_string(model.sizes.heads) + " attention heads can't be split over " + std::to_string(tp) + " GPUs.", "engine.tensor_parallel_size");
  for (const Layer& layer : model.layers)
    for (const Module& module : layer.modules)
      if (auto refused = refuse_module(module, placement, tp)) return refused;
  for (const Placed& placed : model.outside)
    if (auto refused = refuse_module(placed.module, placement, tp)) return refused;
  for (const Tower& tower : model.towers) {
    if (tower.may_replicate && tower.heads % tp != 0) continue;
    for (const Module& module : tower.modules)
      if (auto refused = refuse_module(module, placement, tp)) return refused;
  }
  return std::nullopt;
}

}  // namespace vram_gauge
