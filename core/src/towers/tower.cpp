#include "towers/tower.hpp"

#include <algorithm>

namespace vram_gauge {

void TowerBuilder::in_blocks(std::string_view path, std::int64_t count) {
  path_ = path;
  count_ = std::max<std::int64_t>(0, count);
}

void TowerBuilder::module(Module module) {
  if (count_ == 0) return;
  module.grandparent = path_;
  module.repeat = count_;
  module.built = built;
  if (module.kind == Module::Kind::linear) module.quantizable = quantizable;
  tower_.modules.push_back(std::move(module));
}

void TowerBuilder::linear(How how, std::string_view name, std::int64_t in, std::int64_t out, bool bias) {
  Module linear = column(role_, name, in, {{out}}, bias);
  if (how == How::column) linear.dims.front().split = Split::even;
  if (how == How::row) linear.dims.back().split = Split::even;
  module(std::move(linear));
}

void TowerBuilder::tensor(std::string_view name, std::vector<Dim> dims, Dtype dtype) {
  module(vram_gauge::tensor(role_, name, std::move(dims), dtype));
}

void TowerBuilder::convolution(std::string_view path, std::vector<Dim> dims, bool bias) {
  Module weights = vram_gauge::tensor(role_, "weight", std::move(dims));
  weights.parent = path;
  const Dim out = weights.dims.front();
  module(std::move(weights));
  if (!bias) return;
  Module biases = vram_gauge::tensor(role_, "bias", {out});
  biases.parent = path;
  module(std::move(biases));
}

void TowerBuilder::norm(std::string_view path, std::int64_t width, bool bias) {
  Module weights = vram_gauge::tensor(role_, "weight", {{width}});
  weights.parent = path;
  weights.bias = bias;
  module(std::move(weights));
}

void TowerBuilder::buffer(std::string_view name, std::vector<Dim> dims, Dtype dtype) {
  module(vram_gauge::buffer(role_, name, std::move(dims), dtype));
}

void TowerBuilder::running_statistics(std::string_view path, std::int64_t width) {
  Module statistics[] = {vram_gauge::buffer(role_, "running_mean", {{width}}),
                         vram_gauge::buffer(role_, "running_var", {{width}}),
                         vram_gauge::buffer(role_, "num_batches_tracked", {}, Dtype::int64)};
  for (Module& one : statistics) {
    one.parent = path;
    module(std::move(one));
  }
}

void TowerBuilder::encoder(const Encoder& spec) {
  const std::int64_t head_dim = spec.head_dim ? spec.head_dim : per_head(spec.width, spec.heads);
  const std::int64_t kv_heads = spec.kv_heads ? spec.kv_heads : spec.heads;
  const Split heads = spec.split_attention ? Split::even : Split::none,
              keys = spec.split_attention ? Split::heads : Split::none;
  const Split inner = spec.split_mlp ? Split::even : Split::none;
  const Dim q{spec.heads, head_dim, heads, "q_proj"}, k{kv_heads, head_dim, keys, "k_proj"},
      v{kv_heads, head_dim, keys, "v_proj"};
  const auto below = [&](std::string_view parent, Module linear) {
    linear.parent = parent;
    module(std::move(linear));
    if (parent == spec.mlp && !spec.quantizable_mlp && count_ > 0) tower_.modules.back().quantizable = false;
  };
  tower_.heads = spec.heads;
  in_blocks(spec.blocks, spec.depth);
  if (spec.separate_qkv) {
    below(spec.attention, column(role_, "q_proj", spec.width, {q}, spec.qkv_bias));
    below(spec.attention, column(role_, "k_proj", spec.width, {k}, spec.qkv_bias && spec.key_bias));
    below(spec.attention, column(role_, "v_proj", spec.width, {v}, spec.qkv_bias));
  } else if (spec.one_output) {
    below(spec.attention, column(role_, spec.qkv, spec.width, {{3 * spec.heads, head_dim, heads}}, spec.qkv_bias));
  } else {
    below(spec.attention, column(role_, spec.qkv, spec.width, {q, k, v}, spec.qkv_bias));
  }
  if (spec.qk_norm)
    for (const std::string_view name : {"q_norm.weight", "k_norm.weight"})
      below(spec.attention, vram_gauge::tensor(role_, name, {{head_dim}}));
  Module out = row(role_, spec.out, 1, spec.width, spec.out_bias);
  out.dims.back() = {spec.heads, head_dim, heads};
  below(spec.attention, std::move(out));
  std::vector<Dim> ups{{spec.inner, 1, inner, spec.gated ? std::string_view("up_proj") : std::string_view()}};
  if (spec.gated) ups.insert(ups.begin(), {spec.inner, 1, inner, "gate_proj"});
  below(spec.mlp, column(role_, spec.up, spec.width, std::move(ups), spec.mlp_bias));
  Module down = row(role_, spec.down, spec.inner, spec.width, spec.mlp_bias);
  down.dims.back().split = inner;
  below(spec.mlp, std::move(down));
  for (const std::string_view name : spec.norms) norm(name, spec.width, spec.norm_bias);
  in_blocks({}, 1);
}

double downsample_ratio(const Builder& b) {
  const double ratio = b.root.number("downsample_ratio", 0.5);
  if (ratio >= 1.0 / 64 && ratio <= 1) return ratio;
  b.root.log().fail("invalid-value", "\"downsample_ratio\" must be a number from 1/64 to 1.", "downsample_ratio");
  return 1;
}

void add_language_vectors(Builder& b, std::initializer_list<std::string_view> names, Dtype dtype) {
  TowerBuilder vectors({}, Role::projector);
  for (const std::string_view name : names) vectors.tensor(name, {{b.sizes.hidden}}, dtype);
  vectors.on_every_stage();
  vectors.add_to(b.model);
}

void add_shuffled_projector(Builder& b, std::int64_t width, std::string_view prefix, std::string_view norm,
                            std::string_view first, std::string_view second, std::int64_t middle) {
  if (middle == 0) middle = b.sizes.hidden;
  const auto shuffle = static_cast<std::int64_t>(1 / downsample_ratio(b));
  const std::int64_t in = width * shuffle * shuffle;
  TowerBuilder projector(prefix, Role::projector);
  projector.quantizable = false;
  projector.norm(norm, in);
  projector.linear(How::whole, first, in, middle);
  projector.linear(How::whole, second, middle, b.sizes.hidden);
  projector.add_to(b.model);
}

std::int64_t side_of(const ConfigReader& vision, std::string_view key) {
  return vision.is_array(key) ? vision.first(key, 1, max_size, 1) : vision.size(key);
}

std::int64_t inner_by_ratio(const ConfigReader& config, std::int64_t width, std::string_view key) {
  return static_cast<std::int64_t>(static_cast<double>(width) * config.ratio(key, 4, true));
}

}  // namespace vram_gauge
