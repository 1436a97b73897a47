#include "towers/deepseek_vit.hpp"

namespace vram_gauge {

void add_deepseek_vit(Builder& b, const DeepseekVit& vit, std::initializer_list<std::string_view> marks) {
  const std::int64_t hidden = b.sizes.hidden;
  TowerBuilder tower({});
  tower.quantizable = false;
  tower.linear(How::whole, "vision.patch_embed.proj", 3 * vit.patch * vit.patch, vit.width);
  tower.encoder({.depth = vit.depth,
                 .width = vit.width,
                 .heads = vit.heads,
                 .inner = vit.inner,
                 .mlp_bias = false,
                 .norm_bias = false,
                 .gated = true,
                 .blocks = "vision.blocks.*.",
                 .qkv = "wqkv",
                 .out = "wo",
                 .up = "w1",
                 .down = "w2"});
  tower.may_replicate();
  tower.norm("vision.norm.", vit.width, false);
  tower.linear(How::column, "aligner.w1", vit.width * vit.downsample * vit.downsample, hidden);
  tower.linear(How::row, "aligner.w2", hidden, hidden);
  tower.add_to(b.model);
  add_language_vectors(b, marks, Dtype::float32);
}

}  // namespace vram_gauge
