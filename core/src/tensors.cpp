#include "tensors.hpp"

#include <algorithm>

#include "quantization/quantized.hpp"
#include "shapes.hpp"

namespace vram_gauge {
namespace {

// Whether tensor parallelism gives each of `tp` ranks a part of the module of its own.
bool is_divided(const Module& module, std::int64_t tp) {
  if (tp == 1) return false;
  if (module.kind == Module::Kind::experts) return true;
  if (module.kind == Module::Kind::vocab) return !module.plain_rows;
  return std::any_of(module.dims.begin(), module.dims.end(),
                     [&](const Dim& dim) { return dim.split == Split::even || share(dim, tp) < dim.whole(); });
}

// Lists one rank's tensors module by module.
class Lister {
 public:
  Lister(const Model& model, const Placement& placement, Rank rank, TensorSink& sink)
      : model_(model), placement_(placement), rank_(rank), sink_(sink), tp_(placement.parallel.tp) {}

  void module(std::string_view prefix, const Module& module, std::int64_t count, bool whole = false);
  void layers();
  void outside();
  void tied_head(const Module& head);
  void towers();

 private:
  void emit(TensorInfo info, std::string_view suffix, std::initializer_list<std::int64_t> shape, Dtype dtype);
  void linear(TensorInfo info, const Module& module, std::int64_t tp);
  void experts(TensorInfo info, const Module& module);
  void vocabulary(TensorInfo info, const Module& module, std::int64_t tp);
  void plain(TensorInfo info, const Module& module, std::int64_t tp);
  const QuantScheme* scheme_of(const Module& module) const;

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
  if (info.count == 0 || !module.built) return;
  const std::int64_t tp = whole ? 1 : tp_;
  info.divided = is_divided(module, tp);
  switch (module.kind) {
    case Module::Kind::linear:
      return linear(info, module, tp);
    case Module::Kind::experts:
      return experts(info, module);
    case Module::Kind::vocab:
      return vocabulary(info, module, tp);
    case Module::Kind::tensor:
      return plain(info, module, tp);
  }
}

void Lister::linear(TensorInfo info, const Module& module, std::int64_t tp) {
  const LinearShape shape = linear_shape(module, tp);
  if (const QuantScheme* scheme = scheme_of(module)) {
    Placement placement = placement_;
    if (module.dtype != Dtype::model) placement.dtype = module.dtype;  // its params_dtype
    quantized_linear(*scheme, shape, placement, info, sink_);
  } else if (module.buffer) {
    emit(info, {}, {shape.in, shape.out}, module.dtype);
  } else if (module.depthwise) {
    emit(info, ".weight", {shape.out, 1, shape.in}, module.dtype);
  } else {
    emit(info, ".weight", {shape.out, shape.in}, module.dtype);
  }
  if (module.bias) emit(info, ".bias", {shape.out}, module.dtype);
}

// Null where it is stored as it is: also while a checkpoint that is quantized on loading is still 16 bit.
const QuantScheme* Lister::scheme_of(const Module& module) const {
  if (module.scheme == 0) return nullptr;
  const QuantScheme& scheme = model_.schemes[static_cast<std::size_t>(module.scheme)];
  return scheme.online && !placement_.loaded ? nullptr : &scheme;
}

void Lister::experts(TensorInfo info, const Module& module) {
  const ExpertShape shape = expert_shape(module, placement_.parallel, rank_);
  const std::int64_t wide = shape.shards() * shape.inner;
  if (const QuantScheme* scheme = scheme_of(module)) {
    quantized_experts(*scheme, shape, placement_, info, sink_);
  } else {
    emit(info, ".routed_experts.w13_weight", {shape.experts, wide, shape.hidden}, module.dtype);
    emit(info, ".routed_experts.w2_weight", {shape.experts, shape.hidden, shape.inner}, module.dtype);
    if (module.bias) {
      emit(info, ".routed_experts.w13_bias", {shape.experts, wide}, module.dtype);
      emit(info, ".routed_experts.w2_bias", {shape.experts, shape.hidden}, module.dtype);
    }
  }
  if (!placement_.parallel.expert_parallel) return;
  info.buffer = true;
  emit(info, ".expert_map", {physical_experts(module, placement_.parallel)}, Dtype::int32);
}

void Lister::vocabulary(TensorInfo info, const Module& module, std::int64_t tp) {
  const LinearShape shape = vocabulary_shape(module, tp);
  if (const QuantScheme* scheme = scheme_of(module)) quantized_linear(*scheme, shape, placement_, info, sink_);
  else emit(info, ".weight", {shape.out, shape.in}, module.dtype);
  if (module.bias) emit(info, ".bias", {shape.out}, module.dtype);
}

void Lister::plain(TensorInfo info, const Module& module, std::int64_t tp) {
  if (module.least > 0 && module.dims.back().units / tp < module.least) return;
  info.rank = static_cast<int>(module.dims.size());
  for (std::size_t i = 0; i < module.dims.size(); ++i) info.shape[i] = share(module.dims[i], tp);
  if (module.batch_rows) info.shape[0] = placement_.batched_tokens;
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
    if (!layer.bare_attention && (!layer.mla || model_.scale_parameters_of_mla))
      attention_scales(model_.scale_parameters, kv_heads, placement_, info, sink_);
    info.buffer = true;
    for (const std::string_view name : {"._k_scale", "._v_scale", "._q_scale", "._prob_scale"})
      emit(info, name, {}, Dtype::float32);
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

// A tied head is the embedding's own tensor wherever both are on the rank; a quantized one keeps what else it has
// (quantization/base_config.py:tie_weights).
void Lister::tied_head(const Module& head) {
  if (!scheme_of(head)) return;
  struct AllButWeight final : TensorSink {
    explicit AllButWeight(TensorSink& all) : sink(all) {}
    void tensor(const TensorInfo& info) override {
      if (info.suffix != ".weight") sink.tensor(info);
    }
    TensorSink& sink;
  } rest(sink_);
  Lister(model_, placement_, rank_, rest).module(model_.head_prefix, head, 1);
}

void Lister::outside() {
  bool embedding_here = false;
  for (const Placed& placed : model_.outside) {
    if (!is_on(placed.stage, rank_.pp, placement_.parallel, model_.tied)) continue;
    embedding_here |= placed.module.role == Role::embedding;
    const bool head = placed.module.role == Role::lm_head;
    if (head && model_.tied && embedding_here) tied_head(placed.module);
    else module(head ? model_.head_prefix : model_.prefix, placed.module, 1);
  }
}

void Lister::towers() {
  for (const Tower& tower : model_.towers) {
    if (rank_.pp > 0 && placement_.early_encoders && !tower.every_stage) continue;
    for (const Module& m : tower.modules) {
      const bool whole = stays_whole(tower, m, placement_);
      if (!tower.staged || m.grandparent.empty()) {
        module(tower.prefix, m, 1, whole);
        continue;
      }
      Module here = m;
      const auto [first, last] = stage_layers(m.repeat, placement_.parallel.pp, rank_.pp);
      here.repeat = last - first;
      module(tower.prefix, here, 1, whole);  // none: nothing is listed
    }
  }
}

}  // namespace

bool stays_whole(const Tower& tower, const Module& module, const Placement& placement) {
  return (tower.may_replicate && tower.heads % placement.parallel.tp != 0) ||
         (placement.whole_encoders && !tower.divided && module.role != Role::audio);
}

std::int64_t TensorInfo::elements() const {
  std::int64_t product = 1;
  for (int i = 0; i < rank; ++i) product = saturating(product, shape[static_cast<std::size_t>(i)]);
  return product;
}

std::int64_t TensorInfo::bytes() const { return saturating(elements(), size_of(dtype)); }

void list_tensors(const Model& model, const Placement& placement, Rank rank, TensorSink& sink) {
  Lister lister(model, placement, rank, sink);
  lister.outside();
  lister.layers();
  lister.towers();
}

}  // namespace vram_gauge
