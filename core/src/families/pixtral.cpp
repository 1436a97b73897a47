#include "towers/pixtral.hpp"
#include "families/wrappers.hpp"

namespace vram_gauge::families {

// Mistral's own format, as vLLM turns it into a config (vllm/transformers_utils/configs/mistral.py); nothing of the
// encoder is quantized.
static void wrap_pixtral(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const std::int64_t width = vision.size("hidden_size"), patch = vision.size("patch_size", max_factor),
                       merge = vision.positive("spatial_merge_size", 1, 64);
    TowerBuilder tower("vision_encoder.");
    tower.quantizable = false;
    tower.convolution("patch_conv.", {{width}, {vision.positive("num_channels", 3, max_factor)}, {patch}, {patch}},
                      false);
    tower.norm("ln_pre.", width, false);
    Encoder blocks = pixtral_blocks(vision, vision.size("num_hidden_layers", max_layers));
    blocks.split_attention = blocks.split_mlp = b.since(20);  // whole on every rank before
    tower.encoder(blocks);
    tower.add_to(b.model);
    TowerBuilder projector({}, Role::projector);
    projector.quantizable = false;
    if (vision.flag("add_pre_mm_projector_layer_norm")) projector.norm("pre_mm_projector_norm.", width, false);
    if (vision.text("mm_projector_id") == "patch_merge")
      projector.linear(How::whole, "patch_merger.merging_layer", width * merge * merge, width, false);
    const bool bias = vision.flag("adapter_bias", true);
    projector.linear(How::whole, "vision_language_adapter.w_in", width, b.sizes.hidden, bias);
    projector.linear(How::whole, "vision_language_adapter.w_out", b.sizes.hidden, b.sizes.hidden, bias);
    projector.add_to(b.model);
  });
}

extern const Family pixtral{
    .id = "pixtral",
    .architectures = "PixtralForConditionalGeneration",
    .model_types = "",
    .source = "vllm/model_executor/models/pixtral.py",
    .wrap = wrap_pixtral,
};

}  // namespace vram_gauge::families
