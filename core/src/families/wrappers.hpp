// What wrappers around language models have in common.
#pragma once

#include "families/family.hpp"

namespace vram_gauge {

// The language model stands below `language_model.` in vLLM's tree, and takes more than text.
inline void nest_language_model(Builder& b) {
  b.model.prefix = "language_model.model.";
  b.model.layer_prefix = "language_model.model.layers.";
  b.model.head_prefix = "language_model.";
  b.model.multimodal = true;
}

}  // namespace vram_gauge
