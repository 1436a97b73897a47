#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

struct QformerShape {
  std::int64_t width = 0, inner = 0, layers = 0, encoder = 0;  // `encoder`: the width of what it asks
  std::int64_t every = 1;                                      // so many layers have one that asks the encoder
};

QformerShape qformer_shape(const ConfigReader& config);

// vllm/model_executor/models/blip2.py:Blip2QFormerModel: plain linears, whole on every rank.
void add_qformer(Builder& b, const QformerShape& shape, std::string_view prefix);

}  // namespace vram_gauge
