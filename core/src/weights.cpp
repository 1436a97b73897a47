#include "weights.hpp"

#include <algorithm>

namespace vram_gauge {
namespace {

// PyTorch's caching allocator as "Model loading took" shows it (memory model §1.3): sizes round up to 512 B; a tensor
// of 10 MiB or more has a segment of whole 2 MiB, of which the rest is given back only if it is over 1 MiB. From 0.21
// (max_split_size_mb:20 while loading) a tensor of 20 MiB or more keeps all of its segment.
Bytes allocated(Bytes size, bool keeps_rest) {
  const Bytes rounded{round_up(size.count, 512)};
  if (rounded < 10 * MiB) return rounded;
  const Bytes segment{round_up(rounded.count, (2 * MiB).count)};
  if (keeps_rest && rounded >= 20 * MiB) return segment;
  return segment - rounded > MiB ? rounded : segment;
}

// What the module tree holds before and after loading: two lists where weights are repacked, one otherwise.
class Scale final : public TensorSink {
 public:
  Scale(RankWeights& out, const Placement& placement)
      : out_(out), keeps_rest_(placement.release >= Release{21, 0}), tp_(placement.parallel.tp) {}

  bool built = true, loaded = true;  // which of the two is listed

  void tensor(const TensorInfo& info) override {
    const Bytes size{info.bytes()};
    if (loaded && !info.scale_of_kv) add_saturating(out_.loaded, allocated(size, keeps_rest_), info.count);
    if (!built) return;
    add_saturating(out_.weights, size, info.count);
    if (!info.divided && tp_ > 1) add_saturating(out_.replicated, size, info.count);
    add_saturating(info.buffer ? out_.buffers : out_.by_role[static_cast<std::size_t>(info.role)], size, info.count);
  }

 private:
  RankWeights& out_;
  const bool keeps_rest_;
  const std::int64_t tp_;
};

void list(const Model& model, const Placement& placement, Rank rank, Scale& scale) {
  const bool repacked = model.schemes.size() > 1;
  scale.loaded = !repacked;
  list_tensors(model, placement, rank, scale);
  if (!repacked) return;
  scale.built = false;
  scale.loaded = true;
  Placement after = placement;
  after.loaded = true;
  list_tensors(model, after, rank, scale);
}

// The copies of kv_b_proj that MLA absorbs into its query and output after loading; kv_b_proj itself stays
// (vllm/model_executor/layers/attention/mla_attention.py:process_weights_after_loading).
Bytes absorbed(const Model& model, const Placement& placement, std::int64_t pp) {
  const auto [first, last] = stage_layers(model.sizes.layers, placement.parallel.pp, pp);
  const Sizes& s = model.sizes;
  const Bytes one{saturating(saturating(s.heads / placement.parallel.tp * (s.nope_dim + s.v_dim), s.kv_lora_rank),
                             size_of(placement.dtype))};
  Bytes sum;
  for (const Layer& layer : model.layers)
    if (layer.mla) add_saturating(sum, one, layer.attention_scales * count_between(layer, first, last));
  return sum;
}

bool alike(const RankWeights& a, const RankWeights& b) {
  return a.weights == b.weights && a.loaded == b.loaded && a.pp == b.pp;
}

Params elements(const Module& module, std::size_t from, std::size_t to) {
  std::int64_t product = 1;
  for (std::size_t i = from; i < to; ++i) product = saturating(product, module.dims[i].whole());
  return {product};
}

struct Counted {
  Params total, active;
};

Counted count(const Module& module) {
  if (!module.in_checkpoint) return {};
  Params total, active;
  const std::size_t last = module.dims.size() - 1;
  switch (module.kind) {
    case Module::Kind::linear: {
      std::int64_t outs = 0;
      for (std::size_t i = 0; i < last; ++i) outs += module.dims[i].whole();
      outs -= module.repeated_rows;
      total = active = Params{saturating(outs, module.dims[last].whole()) + (module.bias ? outs : 0)};
      break;
    }
    case Module::Kind::experts: {
      const std::int64_t hidden = module.dims[1].whole(), inner = module.dims[2].whole(),
                         wide = module.gated ? 2 * inner : inner;
      const Params one{saturating(wide + inner, hidden) + (module.bias ? wide + hidden : 0)};
      add_saturating(total, one, module.dims[0].whole());
      add_saturating(active, one, module.top_k);
      break;
    }
    case Module::Kind::vocab:
      total = elements(module, 0, 2) + Params{module.bias ? module.dims[0].whole() : 0};
      // An embedding is looked up, one row a token; a head is multiplied whole.
      active = module.role == Role::embedding ? Params{module.dims[1].whole()} : total;
      break;
    case Module::Kind::tensor:
      total = active = Params{saturating(elements(module, 0, module.dims.size()).count, module.bias ? 2 : 1)};
      if (module.top_k > 0)
        active = Params{saturating((total / std::max<std::int64_t>(1, module.dims[0].whole())).count,
                                   module.top_k)};  // experts as a plain parameter
      break;
  }
  return {{saturating(total.count, module.repeat)}, {saturating(active.count, module.repeat)}};
}

}  // namespace

std::string_view name_of(Role role) {
  static constexpr std::string_view names[] = {"embedding", "attention", "linear_attention", "mlp",   "experts",
                                               "norm",      "lm_head",   "vision",           "audio", "projector",
                                               "other"};
  return names[static_cast<int>(role)];
}

std::vector<RankWeights> weigh(const Model& model, const Placement& placement) {
  std::vector<RankWeights> ranks;
  // Tensor-parallel ranks differ only in how many experts they got.
  const std::int64_t distinct = placement.parallel.expert_parallel ? placement.parallel.tp : 1;
  for (std::int64_t pp = 0; pp < placement.parallel.pp; ++pp)
    for (std::int64_t tp = 0; tp < distinct; ++tp) {
      RankWeights rank;
      rank.pp = pp;
      rank.tp = tp;
      rank.tp_last = distinct == 1 ? placement.parallel.tp - 1 : tp;
      Scale scale(rank, placement);
      list(model, placement, {pp, tp}, scale);
      rank.loaded += absorbed(model, placement, pp);
      if (!ranks.empty() && alike(ranks.back(), rank)) ranks.back().tp_last = tp;
      else ranks.push_back(rank);
    }
  return ranks;
}

ParameterCounts count_parameters(const Model& model) {
  ParameterCounts counts;
  const auto add = [&](const Module& module, std::int64_t times) {
    const Counted one = count(module);
    add_saturating(counts.total, one.total, times);
    add_saturating(counts.active, one.active, times);
  };
  for (const Layer& layer : model.layers)
    for (const Module& module : layer.modules) add(module, static_cast<std::int64_t>(layer.numbers.size()));
  for (const Placed& placed : model.outside) {
    if (placed.module.role != Role::lm_head || !model.tied) add(placed.module, 1);
    else add_saturating(counts.active, count(placed.module).active);
  }
  for (const Tower& tower : model.towers)
    for (const Module& module : tower.modules) add(module, 1);
  for (const Module& module : model.mtp.modules)
    add_saturating(counts.mtp, count(module).total, static_cast<std::int64_t>(model.mtp.numbers.size()));
  return counts;
}

}  // namespace vram_gauge
