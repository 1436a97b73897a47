#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void describe_paligemma(Builder& b) {
  find_family(b.text.model_type() == "gemma" ? "GemmaForCausalLM" : "Gemma2ForCausalLM")->describe(b);
}

static void wrap_paligemma(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip_tower(b, clip_shape(vision));
    TowerBuilder projector("multi_modal_projector.", Role::projector);
    projector.quantizable = false;
    projector.linear(How::whole, "linear", vision.size("hidden_size"),
                     vision.positive("projection_dim", b.root.positive("projection_dim", b.sizes.hidden)));
    projector.add_to(b.model);
  });
}

extern const Family paligemma{
    .id = "paligemma",
    .architectures = "PaliGemmaForConditionalGeneration",
    .model_types = "paligemma",
    .source = "vllm/model_executor/models/paligemma.py",
    .describe = describe_paligemma,
    .wrap = wrap_paligemma,
};

}  // namespace vram_gauge::families
