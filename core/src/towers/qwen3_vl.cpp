#include "towers/qwen_vl.hpp"

namespace vram_gauge {
namespace {

struct Merger {
  std::int64_t width, merged, out;
  bool norm_after_merge;  // the norm sees merged patches
};

void add(TowerBuilder& tower, const Merger& merger) {
  tower.norm("norm.", merger.norm_after_merge ? merger.merged : merger.width);
  tower.linear(How::column, "linear_fc1", merger.merged, merger.merged);
  tower.linear(How::row, "linear_fc2", merger.merged, merger.out);
}

}  // namespace

std::int64_t deepstack_levels(const ConfigReader& vision) {
  // Qwen3-VL's class and Cohere Compass's have three of these by default, Qwen3.5's none.
  const std::string_view type = vision.model_type();
  const bool by_default =
      vision.absent("deepstack_visual_indexes") && (type.substr(0, 8) == "qwen3_vl" || type == "cohere_compass_vision");
  return by_default ? 3 : static_cast<std::int64_t>(vision.integers("deepstack_visual_indexes").size());
}

void add_qwen3_vl_tower(Builder& b, const ConfigReader& vision, const QwenVlSpec& spec) {
  TowerBuilder tower(spec.prefix);
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_heads"),
                     patch = vision.size("patch_size", max_factor);
  const std::int64_t merge = vision.positive("spatial_merge_size", 2, max_factor);
  tower.quantizable = spec.quantizable;
  const Merger merger{width, width * merge * merge, vision.size("out_hidden_size"), false};
  tower.convolution("patch_embed.proj.", {{width},
                                          {vision.positive("in_channels", 3, max_factor)},
                                          {vision.positive("temporal_patch_size", 2, max_factor)},
                                          {patch},
                                          {patch}});
  tower.tensor("pos_embed.weight", {{vision.size("num_position_embeddings")}, {width}});
  tower.buffer("rotary_pos_emb.cos_sin_cache", {{8192}, {per_head(width, heads) / 2}});
  tower.encoder({.depth = vision.size("depth", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = vision.size("intermediate_size"),
                 .up = "linear_fc1",
                 .down = "linear_fc2"});
  tower.in_blocks("merger.", 1);
  if (!spec.merger) return tower.norm("norm.", width), tower.add_to(b.model);
  add(tower, merger);
  Merger deep = merger;
  deep.norm_after_merge = true;
  tower.in_blocks("deepstack_merger_list.*.", deepstack_levels(vision));
  add(tower, deep);
  tower.add_to(b.model);
}

}  // namespace vram_gauge
