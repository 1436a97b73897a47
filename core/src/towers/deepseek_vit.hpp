#pragma once

#include <initializer_list>

#include "towers/tower.hpp"

namespace vram_gauge {

struct DeepseekVit {
  std::int64_t depth = 0, width = 0, heads = 0, inner = 0, patch = 0, downsample = 0;
};

// The encoder and aligner of DeepSeek-V4 and V4.1 (vllm/models/deepseek_v4/common/vision.py), never quantized, and the
// learned vectors `marks` between patches.
void add_deepseek_vit(Builder& b, const DeepseekVit& vit, std::initializer_list<std::string_view> marks);

}  // namespace vram_gauge
