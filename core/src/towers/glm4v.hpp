#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// vllm/model_executor/models/glm4_1v.py:Glm4vVisionTransformer; with `ocr`, glm_ocr.py:GlmOcrVisionTransformer
void add_glm4v_tower(Builder& b, const ConfigReader& vision, bool ocr);

}  // namespace vram_gauge
