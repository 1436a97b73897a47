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
      tower.tensor(name, {{2 * extent - 1}, {per_head(width, heads)}});
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

void add_ocr_projector(Builder& b, std::initializer_list<std::string_view> separators) {
  const ConfigReader config = b.root.object("projector_config");
  if (config.text("projector_type", "downsample_mlp_gelu") != "linear")
    b.inexact("Only the linear projector is modelled here.");
  const std::int64_t width = config.positive("n_embed", 2048);
  TowerBuilder projector("", Role::projector);
  projector.quantizable = false;
  projector.linear(How::whole, "projector.layers", config.positive("input_dim", 2048), width);
  projector.add_to(b.model);
  TowerBuilder vectors("", Role::projector);
  for (const std::string_view name : separators) vectors.tensor(name, {{width}});
  vectors.on_every_stage();
  vectors.add_to(b.model);
}

}  // namespace vram_gauge
