#include "towers/clip.hpp"

#include <algorithm>

#include "towers/pixtral.hpp"

namespace vram_gauge {
namespace {

void add_blocks(TowerBuilder& tower, const ClipShape& shape, const ClipSpec& spec) {
  const std::int64_t depth = spec.depth < 0 ? shape.layers : spec.depth;
  Encoder encoder = clip_blocks(shape);
  encoder.depth = depth;
  // Kernels of quantized weights want multiples of 64.
  encoder.quantizable_mlp = spec.any_width || (shape.width % 64 == 0 && shape.inner % 64 == 0);
  tower.encoder(encoder);
  tower.built = spec.post_norm > 0 || (spec.post_norm < 0 && depth == shape.layers);
  tower.norm("post_layernorm.", shape.width);
  // Blocks past the deepest layer whose features are used.
  tower.built = false;
  encoder.depth = shape.layers - depth;
  tower.encoder(encoder);
  tower.built = true;
}

void add_positions(TowerBuilder& tower, std::int64_t count, std::int64_t width, bool ids) {
  tower.tensor("embeddings.position_embedding.weight", {{count}, {width}});
  if (ids) tower.buffer("embeddings.position_ids", {{1}, {count}}, Dtype::int64);
}

std::int64_t patches(const ClipShape& shape) {
  const std::int64_t side = shape.patch > 0 ? shape.image / shape.patch : 0;
  return side * side;
}

}  // namespace

ClipShape clip_shape(const ConfigReader& vision) {
  return {vision.size("hidden_size"),
          vision.size("num_attention_heads"),
          vision.size("intermediate_size"),
          vision.size("num_hidden_layers", max_layers),
          vision.size("patch_size", max_factor),
          vision.size("image_size"),
          vision.positive("num_channels", 3, max_factor)};
}

Encoder clip_blocks(const ClipShape& shape) {
  return {.depth = shape.layers,
          .width = shape.width,
          .heads = shape.heads,
          .inner = shape.inner,
          .blocks = "encoder.layers.*.",
          .attention = "self_attn.",
          .qkv = "qkv_proj",
          .out = "out_proj",
          .norms = {"layer_norm1.", "layer_norm2."}};
}

void add_clip_tower(Builder& b, const ClipShape& shape, const ClipSpec& spec) {
  TowerBuilder tower(spec.prefix);
  tower.quantizable = spec.quantizable;
  tower.tensor("embeddings.class_embedding", {{shape.width}});
  tower.convolution("embeddings.patch_embedding.", {{shape.width}, {shape.channels}, {shape.patch}, {shape.patch}},
                    false);
  add_positions(tower, patches(shape) + 1, shape.width, spec.position_ids);
  tower.norm("pre_layrnorm.", shape.width);
  add_blocks(tower, shape, spec);
  tower.add_to(b.model);
}

void add_siglip_tower(Builder& b, const ClipShape& shape, const ClipSpec& spec) {
  TowerBuilder tower(spec.prefix);
  tower.quantizable = spec.quantizable;
  tower.convolution("embeddings.patch_embedding.", {{shape.width}, {shape.channels}, {shape.patch}, {shape.patch}});
  add_positions(tower, patches(shape), shape.width, spec.position_ids);
  add_blocks(tower, shape, spec);
  tower.add_to(b.model);
}

void add_siglip2_tower(Builder& b, const ConfigReader& vision, const ClipSpec& spec) {
  const std::int64_t patch = vision.size("patch_size", max_factor);
  const ClipShape shape{.width = vision.size("hidden_size"),
                        .heads = vision.size("num_attention_heads"),
                        .inner = vision.size("intermediate_size"),
                        .layers = vision.size("num_hidden_layers", max_layers)};
  TowerBuilder tower(spec.prefix);
  tower.quantizable = false;
  tower.linear(How::whole, "embeddings.patch_embedding", vision.positive("num_channels", 3, max_factor) * patch * patch,
               shape.width);
  tower.tensor("embeddings.position_embedding.weight", {{vision.positive("num_patches", 256)}, {shape.width}});
  tower.quantizable = true;
  add_blocks(tower, shape, spec);
  tower.add_to(b.model);
}

void add_llava_tower(Builder& b, const ConfigReader& vision, bool post_norm) {
  const std::int64_t layers = vision.size("num_hidden_layers", max_layers);
  std::vector<std::int64_t> features = b.root.integers("vision_feature_layer", -max_size);
  if (features.empty()) features.push_back(b.root.index("vision_feature_layer", -2));
  std::int64_t depth = 0;
  for (const std::int64_t feature : features) depth = std::max(depth, feature < 0 ? layers + feature + 1 : feature);
  depth = std::min(depth, layers);
  const std::string_view type = vision.model_type();
  const ClipSpec spec{.depth = depth, .post_norm = post_norm ? -1 : 0};
  if (type.substr(0, 6) == "siglip") add_siglip_tower(b, clip_shape(vision), spec);
  else if (type == "pixtral") add_pixtral_tower(b, vision, depth);
  else add_clip_tower(b, clip_shape(vision), spec);
}

void add_two_linear_projector(Builder& b, std::string_view prefix, std::int64_t in, std::int64_t out, bool bias,
                              bool whole) {
  TowerBuilder projector(prefix, Role::projector);
  projector.quantizable = !whole;
  projector.linear(whole ? How::whole : How::column, "linear_1", in, out, bias);
  projector.linear(whole ? How::whole : How::row, "linear_2", out, out, bias);
  projector.add_to(b.model);
}

}  // namespace vram_gauge
