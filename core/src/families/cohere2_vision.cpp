#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_cohere2_vision(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip_tower(b, clip_shape(vision));
    const std::int64_t shuffle = b.root.positive("downsample_factor", 2, max_factor),
                       inner = b.root.positive("alignment_intermediate_size", 36864) / 2;
    TowerBuilder projector("multi_modal_projector.", Role::projector);
    const Dim half{inner, 1, Split::even};
    projector.quantizable = false;
    projector.module(
        column(Role::projector, "linear_1", vision.size("hidden_size") * shuffle * shuffle, {half, half}, true));
    projector.linear(How::row, "linear_2", inner, b.sizes.hidden);
    projector.add_to(b.model);
  });
}

extern const Family cohere2_vision{
    .id = "cohere2_vision",
    .architectures = "Cohere2VisionForConditionalGeneration",
    .model_types = "cohere2_vision",
    .source = "vllm/model_executor/models/cohere2_vision.py",
    .wrap = wrap_cohere2_vision,
};

}  // namespace vram_gauge::families
