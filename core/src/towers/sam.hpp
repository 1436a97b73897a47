// The encoder of Segment Anything, as DeepSeek-OCR's classes use it (vllm/model_executor/models/deepencoder.py).
#pragma once

#include <initializer_list>

#include "towers/tower.hpp"

namespace vram_gauge {

// All its sizes are the class's own; `out` is the width of what it hands on.
void add_sam_tower(Builder& b, std::string_view prefix, std::int64_t out);

// From the encoders to the language model: one linear, whole on every rank, and the learned vectors `separators`, on
// every stage. Sizes are those of "projector_config".
void add_ocr_projector(Builder& b, std::initializer_list<std::string_view> separators);

}  // namespace vram_gauge
