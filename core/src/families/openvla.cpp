#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

constexpr std::int64_t pixels = 224, patch = 14, patches = (pixels / patch) * (pixels / patch);

// timm/models/vision_transformer.py, whole on every rank; vLLM takes these two models only.
void add_vit_openvla(TowerBuilder& tower, std::int64_t width, std::int64_t inner) {
  tower.quantizable = false;
  tower.tensor("pos_embed", {{1}, {patches}, {width}});
  tower.convolution("patch_embed.proj.", {{width}, {3}, {patch}, {patch}});
  tower.in_blocks("blocks.*.", width == 1024 ? 24 : 27);
  tower.norm("norm1.", width);
  tower.linear(How::whole, "attn.qkv", width, 3 * width);
  tower.linear(How::whole, "attn.proj", width, width);
  tower.norm("norm2.", width);
  tower.linear(How::whole, "mlp.fc1", width, inner);
  tower.linear(How::whole, "mlp.fc2", inner, width);
}

void add_dinov2_openvla(Builder& b) {
  constexpr std::int64_t width = 1024;
  TowerBuilder tower("vision_backbone.dinov2_featurizer.");
  add_vit_openvla(tower, width, 4 * width);
  tower.tensor("ls1.gamma", {{width}});
  tower.tensor("ls2.gamma", {{width}});
  tower.in_blocks({}, 1);
  tower.tensor("cls_token", {{1}, {1}, {width}});
  tower.tensor("reg_token", {{1}, {4}, {width}});
  tower.norm("norm.", width);
  tower.add_to(b.model);
}

void add_siglip_openvla(Builder& b) {
  constexpr std::int64_t width = 1152, inner = 4304;
  TowerBuilder tower("vision_backbone.siglip_featurizer.");
  add_vit_openvla(tower, width, inner);
  tower.in_blocks({}, 1);
  tower.norm("norm.", width);
  tower.tensor("attn_pool.latent", {{1}, {1}, {width}});
  tower.linear(How::whole, "attn_pool.q", width, width);
  tower.linear(How::whole, "attn_pool.kv", width, 2 * width);
  tower.linear(How::whole, "attn_pool.proj", width, width);
  tower.norm("attn_pool.norm.", width);
  tower.linear(How::whole, "attn_pool.mlp.fc1", width, inner);
  tower.linear(How::whole, "attn_pool.mlp.fc2", inner, width);
  tower.add_to(b.model);
}

void wrap_openvla(Builder& b) {
  nest_language_model(b);
  const bool fused = b.root.flag("use_fused_vision_backbone", true);
  const std::int64_t text = b.sizes.hidden, vision = fused ? 2176 : 1024, middle = fused ? 4 * vision : text;
  add_dinov2_openvla(b);
  if (fused) add_siglip_openvla(b);
  TowerBuilder projector("projector.", Role::projector);
  projector.linear(How::column, "fc1", vision, middle);
  projector.linear(How::row, "fc2", middle, text);
  if (fused) projector.linear(How::whole, "fc3", text, text);
  projector.add_to(b.model);
}

}  // namespace

extern const Family openvla{
    .id = "openvla",
    .architectures = "OpenVLAForActionPrediction",
    .model_types = "openvla",
    .source = "vllm/model_executor/models/openvla.py, timm/models/vision_transformer.py",
    .wrap = wrap_openvla,
};

}  // namespace vram_gauge::families
