#include "towers/glm4v.hpp"

namespace vram_gauge {

void add_glm4v_tower(Builder& b, const ConfigReader& vision, bool ocr, std::int64_t rotary_rows, bool quantizable) {
  TowerBuilder tower("visual.");
  tower.quantizable = quantizable;
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_heads"),
                     patch = vision.size("patch_size", max_factor);
  const std::int64_t out = vision.size("out_hidden_size"), merge = vision.positive("spatial_merge_size", 2, max_factor);
  tower.convolution("patch_embed.proj.", {{width},
                                          {vision.positive("in_channels", 3, max_factor)},
                                          {vision.positive("temporal_patch_size", 2, max_factor)},
                                          {patch},
                                          {patch}});
  tower.buffer("rotary_pos_emb.cos_sin_cache", {{rotary_rows}, {per_head(width, heads) / 2}});
  if (!ocr) {
    const std::int64_t side = vision.size("image_size") / patch;
    tower.tensor("embeddings.position_embedding.weight", {{side * side}, {width}});
    tower.buffer("embeddings.position_ids", {{1}, {side * side}}, Dtype::int64);
    tower.norm("post_conv_layernorm.", width, false);
  }
  // GLM-4V's blocks are as wide inside as the tower's output.
  tower.encoder({.depth = vision.size("depth", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = ocr ? vision.size("intermediate_size") : out,
                 .qkv_bias = ocr,
                 .out_bias = ocr,
                 .mlp_bias = ocr,
                 .norm_bias = false,
                 .gated = true,
                 .qk_norm = ocr,
                 .up = "gate_up_proj",
                 .down = "down_proj"});
  tower.norm("post_layernorm.", width, false);
  tower.convolution("downsample.", {{out}, {width}, {merge}, {merge}});
  const std::int64_t inner =
      vision.positive("projection_intermediate_size", ocr ? b.sizes.inner : vision.size("intermediate_size"));
  tower.linear(How::column, "merger.proj", out, out, false);
  tower.norm("merger.post_projection_norm.", out);
  const Dim half{inner, 1, Split::even};
  Module gate_up = column(Role::projector, "gate_up_proj", out, {half, half});
  gate_up.dims[0].shard = "gate_proj";
  gate_up.dims[1].shard = "up_proj";
  gate_up.parent = "merger.";
  gate_up.quantizable = quantizable;
  tower.module(std::move(gate_up));
  tower.linear(How::row, "merger.down_proj", inner, out, false);
  tower.add_to(b.model);
}

}  // namespace vram_gauge
