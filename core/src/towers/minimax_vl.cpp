// vllm/models/minimax_m3/common/vision_tower.py:MiniMaxVLVisionModel
#include "towers/minimax_vl.hpp"

namespace vram_gauge {

void add_minimax_vl_tower(Builder& b, const ConfigReader& vision) {
  TowerBuilder tower("vision_tower.", Role::vision);
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_attention_heads"),
                     patch = vision.size("patch_size", max_factor);
  const ConfigReader compression = vision.object("img_token_compression_config");
  const std::int64_t frames = compression ? compression.positive("temporal_patch_size", 2, max_factor)
                                          : vision.positive("temporal_patch_size", 2, max_factor);
  const std::int64_t merge = compression ? compression.positive("spatial_merge_size", 2, max_factor)
                                         : vision.positive("spatial_merge_size", 2, max_factor);
  const std::int64_t text = b.sizes.hidden, middle = b.root.positive("projector_hidden_size", text);
  tower.convolution("vision_model.embeddings.patch_embedding.",
                    {{width}, {vision.positive("num_channels", 3, max_factor)}, {frames}, {patch}, {patch}}, false);
  tower.norm("vision_model.pre_layrnorm.", width);
  // The head's dimensions in three equal even parts, for time, height and width.
  const std::int64_t part = per_head(width, heads) / 2 * 2 / 3 / 2;
  for (const std::string_view name : {"vision_model.inv_freq_t", "vision_model.inv_freq_h", "vision_model.inv_freq_w"})
    tower.buffer(name, {{part}}, Dtype::float32);
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = vision.size("intermediate_size"),
                 .blocks = "vision_model.encoder.layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .mlp = "",
                 .norms = {"layer_norm1.", "layer_norm2."}});
  tower.in_blocks("multi_modal_projector.", 1);
  tower.linear(How::column, "linear_1", width, middle);
  tower.linear(How::row, "linear_2", middle, text);
  tower.in_blocks("patch_merge_mlp.", 1);
  tower.linear(How::column, "linear_1", text * merge * merge, middle);
  tower.linear(How::row, "linear_2", middle, text);
  tower.add_to(b.model);
}

}  // namespace vram_gauge
