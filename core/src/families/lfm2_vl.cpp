#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

void add_projector_lfm2_vl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size");
  const std::int64_t factor = b.root.positive("downsample_factor", 2, 64),
                     middle = b.root.positive("projector_hidden_size", 2560);
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
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip2_tower(b, vision, {.any_width = true});
    add_projector_lfm2_vl(b, vision);
  });
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
