// The careful count for an architecture that no family declares: the decoder that its keys describe, as an estimate.
#pragma once

#include "builder.hpp"

namespace vram_gauge {

void describe_generic(Builder& b);

}  // namespace vram_gauge
