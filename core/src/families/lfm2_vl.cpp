#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// SigLIP-2 over packed patches (vllm/model_executor/models/lfm2_siglip2.py:Siglip2VisionTransformer).
void add_tower_lfm2_vl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size"), patch = vision.size("patch_size");
  TowerBuilder tower("vision_tower.vision_model.");
  tower.quantizable = false;
  tower.linear(How::whole, "embeddings.patch_embedding", vision.integer("num_channels", 3) * patch * patch, width);
  tower.tensor("embeddings.position_embedding.weight", {{vision.integer("num_patches", 256)}, {width}});
  tower.norm("post_layernorm.", width);
  tower.quantizable = true;
  tower.encoder({.depth = vision.size("num_hidden_layers"),
                 .width = width,
                 .heads = vision.size("num_attention_heads"),
                 .inner = vision.size("intermediate_size"),
                 .blocks = "encoder.layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .norms = {"layer_norm1.", "layer_norm2."}});
  tower.add_to(b.model);
  const std::int64_t factor = b.root.integer("downsample_factor", 2, 64),
                     middle = b.root.integer("projector_hidden_size", 2560);
  const bool bias = b.root.flag("projector_bias", true);
  TowerBuilder projector("multi_modal_projector.", Role::projector);
  projector.quantizable = false;
  if (b.root.flag("projector_use_layernorm", true)) projector.norm("layer_norm.", width * factor * factor);
  projector.linear(How::whole, "linear_1", width * factor * factor, middle, bias);
  projector.linear(How::whole, "linear_2", middle, b.sizes.hidden, bias);
  projector.add_to(b.model);
}

void wrap_lfm2_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_tower_lfm2_vl(b, vision); });
}

}  // namespace

extern const Family lfm2_vl{
    .id = "lfm2_vl",
    .architectures = "Lfm2VlForConditionalGeneration",
    .model_types = "lfm2_vl",
    .source = "vllm/model_executor/models/lfm2_vl.py",
    .wrap = wrap_lfm2_vl,
};

}  // namespace vram_gauge::families
