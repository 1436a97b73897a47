#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_gemma3_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip_tower(b, clip_shape(vision));
    TowerBuilder projector("multi_modal_projector.", Role::projector);
    const std::int64_t width = vision.size("hidden_size");
    projector.tensor("mm_input_projection_weight", {{width}, {b.sizes.hidden}});
    projector.norm("mm_soft_emb_norm.", width, false);
    projector.add_to(b.model);
  });
}

extern const Family gemma3_vl{
    .id = "gemma3_vl",
    .architectures = "Gemma3ForConditionalGeneration",
    .model_types = "gemma3",
    .source = "vllm/model_executor/models/gemma3_mm.py",
    .wrap = wrap_gemma3_vl,
    .text = "Gemma3ForCausalLM",
};

}  // namespace vram_gauge::families
