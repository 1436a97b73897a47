#include "towers/llama4.hpp"

namespace vram_gauge {

void add_llama4_tower(Builder& b, const ConfigReader& vision) {
  TowerBuilder tower("vision_model.");
  tower.quantizable = false;
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_attention_heads"),
                     inner = vision.size("intermediate_size");
  const std::int64_t patch = vision.size("patch_size", max_factor), side = vision.size("image_size") / patch,
                     positions = side * side + 1;
  const bool bias = vision.flag("multi_modal_projector_bias");
  tower.tensor("class_embedding", {{width}});
  tower.tensor("positional_embedding_vlm", {{positions}, {width}});
  tower.linear(How::column, "patch_embedding.linear", vision.positive("num_channels", 3, max_factor) * patch * patch,
               width, false);
  tower.norm("layernorm_pre.", width);
  tower.norm("layernorm_post.", width);
  tower.buffer("model.layers.0.self_attn.rotary_emb.cos_sin_cache", {{positions}, {1}, {per_head(width, heads) / 2}},
               Dtype::complex64);
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = inner,
                 .blocks = "model.layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "o_proj",
                 .norms = {"input_layernorm.", "post_attention_layernorm."}});
  const std::int64_t projected = vision.size("projector_input_dim");
  tower.linear(How::column, "vision_adapter.mlp.fc1", inner, projected, bias);
  tower.linear(How::row, "vision_adapter.mlp.fc2", projected, vision.size("projector_output_dim"), bias);
  tower.add_to(b.model);
  TowerBuilder projector("multi_modal_projector.", Role::projector);
  projector.quantizable = false;
  projector.stays_divided();
  projector.linear(How::column, "linear_1", vision.size("vision_output_dim"), b.sizes.hidden, false);
  projector.add_to(b.model);
}

}  // namespace vram_gauge
