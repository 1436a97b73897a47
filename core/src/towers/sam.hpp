// The encoder of Segment Anything, as DeepSeek-OCR's classes use it (vllm/model_executor/models/deepencoder.py).
#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// All its sizes are the class's own; `out` is the width of what it hands on.
void add_sam_tower(Builder& b, std::string_view prefix, std::int64_t out);

}  // namespace vram_gauge
