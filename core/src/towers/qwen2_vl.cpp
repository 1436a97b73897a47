#include "towers/qwen_vl.hpp"

namespace vram_gauge {
namespace {

struct Sides {
  std::int64_t width, out;  // of the blocks, of the merged patches (0: none are)
  bool norm_bias;
};

// Patches in, rotary table, merged patches out.
void around(TowerBuilder& tower, const ConfigReader& vision, std::int64_t heads, const Sides& sides) {
  const std::int64_t patch = vision.size("patch_size|spatial_patch_size", max_factor),
                     merge = vision.positive("spatial_merge_size", 2, max_factor);
  const std::int64_t merged = sides.width * merge * merge;
  tower.convolution("patch_embed.proj.",
                    {{sides.width},
                     {vision.positive("in_channels|in_chans", 3, max_factor)},
                     {vision.positive("temporal_patch_size", 2, max_factor)},
                     {patch},
                     {patch}},
                    false);
  tower.buffer("rotary_pos_emb.cos_sin_cache", {{8192}, {per_head(sides.width, heads) / 2}});
  if (sides.out == 0) return;
  tower.norm("merger.ln_q.", sides.width, sides.norm_bias);
  tower.linear(How::column, "merger.mlp.0", merged, merged);
  tower.linear(How::row, "merger.mlp.2", merged, sides.out);
}

}  // namespace

void add_qwen2_vl_tower(Builder& b, const ConfigReader& vision, const QwenVlSpec& spec) {
  TowerBuilder tower(spec.prefix);
  const std::int64_t width = vision.size("embed_dim"), heads = vision.size("num_heads");
  const auto inner = inner_by_ratio(vision, width);
  tower.quantizable = spec.quantizable;
  around(tower, vision, heads, {width, spec.merger ? vision.size("hidden_size") : 0, true});
  tower.encoder(
      {.depth = vision.size("depth", max_layers), .width = width, .heads = heads, .inner = inner, .one_output = true});
  tower.add_to(b.model);
}

void add_qwen2_5_vl_tower(Builder& b, const ConfigReader& vision, std::string_view prefix) {
  TowerBuilder tower(prefix);
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_heads");
  around(tower, vision, heads, {width, vision.size("out_hidden_size"), false});
  tower.encoder({.depth = vision.size("depth", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = vision.size("intermediate_size"),
                 .kv_heads = vision.positive("num_key_value_heads", heads),
                 .norm_bias = false,
                 .gated = true,
                 .up = "gate_up_proj",
                 .down = "down_proj"});
  tower.add_to(b.model);
}

}  // namespace vram_gauge
