#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// vllm/model_executor/models/radio.py:RadioModel, from its `args`: sizes are those of the vision transformer that they
// name.
struct RadioSpec {
  std::string_view prefix = "vision_model.model.";
  std::int64_t patch = 16, frames = 1;  // where `args` don't say
  bool quantizable = true;
};
void add_radio_tower(Builder& b, const ConfigReader& args, const RadioSpec& spec);

}  // namespace vram_gauge
