#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_llava(Builder& b) {
  nest_language_model(b);
  const std::string_view name = b.context.architecture;
  const bool plain_linears =
      name == "LlavaNextVideoForConditionalGeneration" || name == "LlavaOnevisionForConditionalGeneration";
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_llava_tower(b, vision, false);
    std::int64_t features = 1;  // of several layers side by side
    if (name == "LlavaNextForConditionalGeneration" && b.root.is_array("vision_feature_layer"))
      features = static_cast<std::int64_t>(b.root.integers("vision_feature_layer", -max_size).size());
    add_two_linear_projector(b, "multi_modal_projector.", features * vision.size("hidden_size"), b.sizes.hidden,
                             b.root.flag("multimodal_projector_bias", true), plain_linears);
  });
  if (name != "LlavaNextForConditionalGeneration" && name != "LlavaOnevisionForConditionalGeneration") return;
  TowerBuilder separator({}, Role::projector);
  separator.tensor("image_newline", {{b.sizes.hidden}});
  separator.on_every_stage();
  separator.add_to(b.model);
}

extern const Family llava{
    .id = "llava",
    .architectures =
        "LlavaForConditionalGeneration LlavaNextForConditionalGeneration LlavaNextVideoForConditionalGeneration "
        "LlavaOnevisionForConditionalGeneration",
    .model_types = "llava llava_next llava_next_video llava_onevision",
    .source = "vllm/model_executor/models/llava.py, llava_next.py, llava_next_video.py, llava_onevision.py",
    .wrap = wrap_llava,
};

}  // namespace vram_gauge::families
