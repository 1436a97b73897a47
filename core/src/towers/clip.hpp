// Vision towers of CLIP's shape: CLIP, SigLIP and Idefics, and what wrappers of the LLaVA line build from their
// configs.
#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

struct ClipShape {
  std::int64_t width = 0, heads = 0, inner = 0, layers = 0, patch = 0, image = 0, channels = 3;
};

ClipShape clip_shape(const ConfigReader& vision);

// All blocks of that shape, by the names that CLIP and SigLIP have for them.
Encoder clip_blocks(const ClipShape& shape);

struct ClipSpec {
  std::string_view prefix = "vision_tower.vision_model.";
  std::int64_t depth = -1;  // blocks built; below 0: all
  int post_norm = -1;       // a norm after them: 0 no, 1 yes, below 0: if all are built
  bool quantizable = true;
  bool any_width = false;    // the feed-forward is quantized whatever its width
  bool position_ids = true;  // a buffer of them (not Idefics)
};

// vllm/model_executor/models/clip.py:CLIPVisionTransformer
void add_clip_tower(Builder& b, const ClipShape& shape, const ClipSpec& spec = {});
// vllm/model_executor/models/siglip.py:SiglipVisionTransformer, idefics2_vision_model.py:Idefics2VisionTransformer
void add_siglip_tower(Builder& b, const ClipShape& shape, const ClipSpec& spec = {});

// SigLIP-2 over packed patches (vllm/model_executor/models/lfm2_siglip2.py:Siglip2VisionTransformer).
void add_siglip2_tower(Builder& b, const ConfigReader& vision, const ClipSpec& spec);

// The tower that LLaVA-like wrappers choose by the vision config's type, built up to the deepest layer whose features
// are used (vllm/model_executor/models/llava.py:init_vision_tower_for_llava).
void add_llava_tower(Builder& b, const ConfigReader& vision, bool post_norm);

// Two linears with an activation between them, "linear_1" and "linear_2".
void add_two_linear_projector(Builder& b, std::string_view prefix, std::int64_t in, std::int64_t out, bool bias,
                              bool whole);

}  // namespace vram_gauge
