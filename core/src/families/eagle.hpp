// What EAGLE's heads have in common.
#pragma once

#include "families/family.hpp"

namespace vram_gauge::families {

struct EagleProjection {
  bool divided = false;  // by rows, else whole on every rank
  bool quantizable = true, bias = false;
};

// Of a token and its hidden state side by side, in front of the layers.
void add_eagle_projection(Builder& b, const EagleProjection& spec);

}  // namespace vram_gauge::families
