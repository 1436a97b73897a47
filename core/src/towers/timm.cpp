#include "towers/timm.hpp"

namespace vram_gauge {
namespace {

void feed_forward(TowerBuilder& tower, const TimmShape& shape, std::string_view up, std::string_view down) {
  tower.linear(shape.split_mlp ? How::column : How::whole, up, shape.width, shape.inner);
  tower.linear(shape.split_mlp ? How::row : How::whole, down, shape.inner, shape.width);
}

}  // namespace

TimmShape so400m(std::int64_t patches) {
  return {.width = 1152, .inner = 4304, .depth = 27, .patch = 14, .patches = patches};
}

void add_timm_blocks(TowerBuilder& tower, const TimmShape& shape) {
  tower.quantizable = false;
  tower.tensor("pos_embed", {{1}, {shape.patches}, {shape.width}});
  tower.convolution("patch_embed.proj.", {{shape.width}, {3}, {shape.patch}, {shape.patch}});
  tower.in_blocks("blocks.*.", shape.depth);
  tower.norm("norm1.", shape.width);
  tower.linear(How::whole, "attn.qkv", shape.width, 3 * shape.width);
  tower.linear(How::whole, "attn.proj", shape.width, shape.width);
  tower.norm("norm2.", shape.width);
  feed_forward(tower, shape, "mlp.fc1", "mlp.fc2");
}

void add_timm_pool(TowerBuilder& tower, const TimmShape& shape) {
  tower.tensor("attn_pool.latent", {{1}, {1}, {shape.width}});
  tower.linear(How::whole, "attn_pool.q", shape.width, shape.width);
  tower.linear(How::whole, "attn_pool.kv", shape.width, 2 * shape.width);
  tower.linear(How::whole, "attn_pool.proj", shape.width, shape.width);
  tower.norm("attn_pool.norm.", shape.width);
  feed_forward(tower, shape, "attn_pool.mlp.fc1", "attn_pool.mlp.fc2");
}

}  // namespace vram_gauge
