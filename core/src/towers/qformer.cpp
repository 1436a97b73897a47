#include "towers/qformer.hpp"

#include <algorithm>

namespace vram_gauge {
namespace {

struct QformerAttention {
  std::string_view query, key, value, out, norm;
};

constexpr QformerAttention self{"attention.attention.query", "attention.attention.key", "attention.attention.value",
                                "attention.output.dense", "attention.output.LayerNorm."};
constexpr QformerAttention cross{"crossattention.attention.query", "crossattention.attention.key",
                                 "crossattention.attention.value", "crossattention.output.dense",
                                 "crossattention.output.LayerNorm."};

void add(TowerBuilder& tower, const QformerAttention& names, std::int64_t width, std::int64_t from) {
  tower.linear(How::whole, names.query, width, width);
  tower.linear(How::whole, names.key, from, width);
  tower.linear(How::whole, names.value, from, width);
  tower.linear(How::whole, names.out, width, width);
  tower.norm(names.norm, width);
}

}  // namespace

QformerShape qformer_shape(const ConfigReader& config) {
  return {.width = config.size("hidden_size"),
          .inner = config.size("intermediate_size"),
          .layers = config.size("num_hidden_layers", max_layers),
          .encoder = config.positive("encoder_hidden_size", 1408),
          .every = config.positive("cross_attention_frequency", 2)};
}

void add_qformer(Builder& b, const QformerShape& shape, std::string_view prefix) {
  TowerBuilder tower(prefix, Role::projector);
  tower.quantizable = false;
  const auto [width, inner, layers, encoder, every] = shape;
  tower.norm("layernorm.", width);
  tower.in_blocks("encoder.layer.*.", layers);
  add(tower, self, width, width);
  tower.linear(How::whole, "intermediate_query.dense", width, inner);
  tower.linear(How::whole, "output_query.dense", inner, width);
  tower.norm("output_query.LayerNorm.", width);
  tower.in_blocks("encoder.layer.*.", (layers + every - 1) / every);
  add(tower, cross, width, encoder);
  tower.add_to(b.model);
}

}  // namespace vram_gauge
