// Vision towers of the Qwen-VL line and of the models that took them over.
#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

struct QwenVlSpec {
  std::string_view prefix = "visual.";
  bool quantizable = true;
  bool merger = true;  // false: what turns patches into words is the class's own
};

// vllm/model_executor/models/qwen2_vl.py:Qwen2VisionTransformer
void add_qwen2_vl_tower(Builder& b, const ConfigReader& vision, const QwenVlSpec& spec = {});
// vllm/model_executor/models/qwen2_5_vl.py:Qwen2_5_VisionTransformer; with fewer key heads, EXAONE 4.5's
void add_qwen2_5_vl_tower(Builder& b, const ConfigReader& vision, std::string_view prefix = "visual.");
// vllm/model_executor/models/qwen3_vl.py:Qwen3_VisionTransformer (Qwen3-VL, Qwen3.5),
// cohere_compass.py:Cohere_VisionTransformer; without its merger only that one's norm stays, and nothing for deepstack
void add_qwen3_vl_tower(Builder& b, const ConfigReader& vision, const QwenVlSpec& spec = {});
// How many of its layers' outputs go to the text model's first layers (deepstack).
std::int64_t deepstack_levels(const ConfigReader& vision);

}  // namespace vram_gauge
