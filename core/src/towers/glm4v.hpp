#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// vllm/model_executor/models/glm4_1v.py:Glm4vVisionTransformer; with `ocr`, glm_ocr.py:GlmOcrVisionTransformer and,
// with a rotary table of so many rows, vllm/models/glm5next/common/multimodal.py:Glm5NextVisionTransformer
void add_glm4v_tower(Builder& b, const ConfigReader& vision, bool ocr, std::int64_t rotary_rows = 8192,
                     bool quantizable = true);

}  // namespace vram_gauge
