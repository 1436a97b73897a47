#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// Attention of plain linears, whole on every rank; the feed-forward is divided (interns1_vit.py:InternS1VisionModel).
void add_tower_interns1(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size"), inner = vision.size("intermediate_size"),
                     patch = side_of(vision, "patch_size");
  const std::int64_t side = side_of(vision, "image_size") / patch;
  const bool bias = vision.flag("attention_bias"), norm_bias = vision.text("norm_type", "layer_norm") != "rms_norm";
  TowerBuilder tower("vision_tower.");
  tower.quantizable = false;
  tower.tensor("embeddings.cls_token", {{1}, {1}, {width}});
  if (vision.flag("use_mask_token")) tower.tensor("embeddings.mask_token", {{1}, {1}, {width}});
  tower.convolution("embeddings.patch_embeddings.projection.",
                    {{width}, {vision.positive("num_channels", 3, max_factor)}, {patch}, {patch}});
  if (vision.flag("use_absolute_position_embeddings", true))
    tower.tensor("embeddings.position_embeddings", {{1}, {side * side + 1}, {width}});
  if (!vision.flag("use_mean_pooling", true)) tower.norm("layernorm.", width);
  tower.in_blocks("encoder.layer.*.", vision.size("num_hidden_layers", max_layers));
  for (const std::string_view name : {"attention.q_proj", "attention.k_proj", "attention.v_proj"})
    tower.linear(How::whole, name, width, width, bias);
  tower.linear(How::whole, "attention.projection_layer", width, width);
  if (vision.flag("use_qk_norm"))
    for (const std::string_view name : {"attention.q_norm.", "attention.k_norm."}) tower.norm(name, width, false);
  tower.linear(How::column, "mlp.fc1", width, inner);
  tower.linear(How::row, "mlp.fc2", inner, width);
  tower.norm("layernorm_before.", width, norm_bias);
  tower.norm("layernorm_after.", width, norm_bias);
  tower.tensor("lambda_1", {{width}});
  tower.tensor("lambda_2", {{width}});
  tower.add_to(b.model);
  add_shuffled_projector(b, width, "multi_modal_projector.", "layer_norm.", "linear_1", "linear_2");
}

void wrap_interns1(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_tower_interns1(b, vision); });
}

}  // namespace

extern const Family interns1{
    .id = "interns1",
    .architectures = "InternS1ForConditionalGeneration InternVLForConditionalGeneration",
    .model_types = "interns1 internvl",
    .source = "vllm/model_executor/models/interns1.py, interns1_vit.py",
    .wrap = wrap_interns1,
};

}  // namespace vram_gauge::families
