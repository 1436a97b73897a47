#include "families/wrappers.hpp"
#include "towers/timm.hpp"

namespace vram_gauge::families {
namespace {

// vLLM takes these two towers only, for images of 224 pixels.
constexpr std::int64_t patches = (224 / 14) * (224 / 14);

void add_dinov2_openvla(Builder& b) {
  constexpr TimmShape shape{.width = 1024, .inner = 4096, .depth = 24, .patch = 14, .patches = patches};
  TowerBuilder tower("vision_backbone.dinov2_featurizer.");
  add_timm_blocks(tower, shape);
  tower.tensor("ls1.gamma", {{shape.width}});
  tower.tensor("ls2.gamma", {{shape.width}});
  tower.in_blocks({}, 1);
  tower.tensor("cls_token", {{1}, {1}, {shape.width}});
  tower.tensor("reg_token", {{1}, {4}, {shape.width}});
  tower.norm("norm.", shape.width);
  tower.add_to(b.model);
}

void add_siglip_openvla(Builder& b) {
  const TimmShape shape = so400m(patches);
  TowerBuilder tower("vision_backbone.siglip_featurizer.");
  add_timm_blocks(tower, shape);
  tower.in_blocks({}, 1);
  tower.norm("norm.", shape.width);
  add_timm_pool(tower, shape);
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
