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

// What Bailing's linear layers are wide depends on whose config class reads the file.
namespace families {
void doubt_heads_bailing(Builder& b, const MlaSpec& mla);
}

// The config of a tower, by its key in the file, for `add`. A file without it takes its class's defaults; one whose
// class has none either (a text model's file under a wrapper's name) gets no tower, and an estimate.
template <class Add>
void with_tower(Builder& b, std::string_view key, Add add) {
  const ConfigReader config = b.root.object(key);
  if (config || !config.model_type().empty()) return add(config);
  b.inexact("The file has no " + std::string(key) + " for the encoder that its architecture has.");
}

}  // namespace vram_gauge
