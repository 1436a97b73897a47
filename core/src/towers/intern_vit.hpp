#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

// InternViT's blocks, and RADIO's (vllm/model_executor/models/intern_vit.py:InternVisionEncoderLayer).
struct InternVitBlocks {
  std::int64_t depth = 0, width = 0, heads = 0, added_heads = 0, inner = 0;
  bool qkv_bias = true, qk_norm = false, norm_bias = true;
  std::string_view prefix = "vision_model.", path = "encoder.layers.*.";
};

// They go into `tower`, which has what stands before them, and into one beside it for the attention, which is whole on
// every rank where its heads don't divide; the feed-forward is divided all the same.
void add_intern_vit_blocks(Builder& b, TowerBuilder tower, const InternVitBlocks& spec);

}  // namespace vram_gauge
