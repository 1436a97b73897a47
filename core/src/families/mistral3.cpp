#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_mistral3(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_llava_tower(b, vision, false);
    const std::int64_t width = vision.size("hidden_size"), merge = b.root.positive("spatial_merge_size", 2, max_factor);
    TowerBuilder merger("multi_modal_projector.", Role::projector);
    merger.quantizable = false;
    merger.norm("norm.", width, false);
    merger.linear(How::whole, "patch_merger.merging_layer", width * merge * merge, width, false);
    merger.add_to(b.model);
    add_two_linear_projector(b, "multi_modal_projector.", width, b.sizes.hidden,
                             b.root.flag("multimodal_projector_bias"), false);
  });
}

extern const Family mistral3{
    .id = "mistral3",
    .architectures = "Mistral3ForConditionalGeneration LightOnOCRForConditionalGeneration",
    .model_types = "mistral3 lighton_ocr",
    .source = "vllm/model_executor/models/mistral3.py, lightonocr.py",
    .wrap = wrap_mistral3,
};

}  // namespace vram_gauge::families
