// Vision transformers of timm (models/vision_transformer.py), which wrappers build by name, whatever the file says.
#pragma once

#include "towers/tower.hpp"

namespace vram_gauge {

struct TimmShape {
  std::int64_t width = 0, inner = 0, depth = 0, patch = 0, patches = 0;
  bool split_mlp = false;  // the wrapper puts vLLM's divided linears in the place of the feed-forward's
};

// vit_so400m_patch14_siglip for images of so many patches.
TimmShape so400m(std::int64_t patches);

// Position table, patches in, and the blocks, which stay open for more tensors.
void add_timm_blocks(TowerBuilder& tower, const TimmShape& shape);
// The attention that pools the patches into one.
void add_timm_pool(TowerBuilder& tower, const TimmShape& shape);

}  // namespace vram_gauge
