#include "towers/sam.hpp"

namespace vram_gauge {

void add_sam_tower(Builder& b, std::string_view prefix, std::int64_t out) {
  constexpr std::int64_t width = 768, heads = 12, depth = 12, patch = 16, side = 1024 / patch, neck = 256;
  constexpr std::int64_t whole = 4, window = 14;  // blocks that attend to the whole image; the others' windows
  TowerBuilder tower(prefix);
  tower.quantizable = false;
  tower.tensor("pos_embed", {{1}, {side}, {side}, {width}});
  tower.convolution("patch_embed.proj.", {{width}, {3}, {patch}, {patch}});
  tower.encoder({.depth = depth,
                 .width = width,
                 .heads = heads,
                 .inner = 4 * width,
                 .split_attention = false,
                 .split_mlp = false,
                 .up = "lin1",
                 .down = "lin2"});
  const auto positions = [&](std::int64_t blocks, std::int64_t extent) {
    tower.in_blocks("blocks.*.", blocks);
    for (const std::string_view name : {"attn.rel_pos_h", "attn.rel_pos_w"})
      tower.tensor(name, {{2 * extent - 1}, {width / heads}});
    tower.in_blocks({}, 1);
  };
  positions(whole, side);
  positions(depth - whole, window);
  tower.convolution("neck.0.", {{neck}, {width}, {1}, {1}}, false);
  tower.norm("neck.1.", neck);
  tower.convolution("neck.2.", {{neck}, {neck}, {3}, {3}}, false);
  tower.norm("neck.3.", neck);
  tower.convolution("net_2.", {{2 * neck}, {neck}, {3}, {3}}, false);
  tower.convolution("net_3.", {{out}, {2 * neck}, {3}, {3}}, false);
  tower.add_to(b.model);
}

}  // namespace vram_gauge
