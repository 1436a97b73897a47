#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_aya_vision(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_llava_tower(b, vision, true);
    const std::int64_t factor = b.root.positive("downsample_factor", 2, 64),
                       in = vision.size("hidden_size") * factor * factor,
                       inner = b.root.positive("alignment_intermediate_size", b.sizes.hidden);
    TowerBuilder projector("multi_modal_projector.", Role::projector);
    projector.quantizable = false;
    projector.norm("layernorm.", in);
    projector.linear(How::whole, "linear_1", in, inner);
    projector.linear(How::whole, "linear_2", inner / 2, b.sizes.hidden);
    projector.add_to(b.model);
  });
}

extern const Family aya_vision{
    .id = "aya_vision",
    .architectures = "AyaVisionForConditionalGeneration",
    .model_types = "aya_vision",
    .source = "vllm/model_executor/models/aya_vision.py (0.24)",
    .wrap = wrap_aya_vision,
    .text = "Cohere2ForCausalLM",
};

}  // namespace vram_gauge::families
