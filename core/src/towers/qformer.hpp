#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// vllm/model_executor/models/blip2.py:Blip2QFormerModel: plain linears, whole on every rank.
void add_qformer(Builder& b, const ConfigReader& config, std::string_view prefix);

}  // namespace vram_gauge
