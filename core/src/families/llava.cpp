#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

// A norm and two plain linears, put in place of LLaVA-OneVision's where no stage is skipped (rvl.py, bee.py).
static void add_projector_llava(Builder& b, std::int64_t in, std::int64_t middle) {
  TowerBuilder projector("multi_modal_projector.", Role::projector);
  projector.quantizable = false;
  projector.norm("pre_norm.", in);
  projector.linear(How::whole, "linear_1", in, middle);
  projector.linear(How::whole, "linear_2", middle, b.sizes.hidden);
  projector.on_every_stage();
  projector.add_to(b.model);
}

static void wrap_llava(Builder& b) {
  if (b.model.architecture == "LlavaNextVideoForConditionalGeneration") b.model.encoded = videos;
  nest_language_model(b);
  const std::string_view name = b.context.architecture;
  const bool minimax = name == "MiniMaxVL01ForConditionalGeneration";
  const bool bee = name == "BeeForConditionalGeneration", r = name == "RForConditionalGeneration";
  const bool plain_linears =
      name == "LlavaNextVideoForConditionalGeneration" || name == "LlavaOnevisionForConditionalGeneration";
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_llava_tower(b, vision, false);
    if (bee || r) return add_projector_llava(b, vision.size("hidden_size"), (bee ? 4 : 1) * b.sizes.hidden);
    std::int64_t features = 1;  // of several layers side by side
    if (name == "LlavaNextForConditionalGeneration" && b.root.is_array("vision_feature_layer"))
      features = static_cast<std::int64_t>(b.root.integers("vision_feature_layer", -max_size).size());
    add_two_linear_projector(b, "multi_modal_projector.", features * vision.size("hidden_size"), b.sizes.hidden,
                             minimax || b.root.flag("multimodal_projector_bias", true), plain_linears);
  });
  if (name == "TarsierForConditionalGeneration") {
    TowerBuilder marks({}, Role::projector);
    for (const std::string_view mark : {"image_newline_idx_tensor", "image_new_idx_tensor"})
      marks.buffer(mark, {{1}}, Dtype::int64);
    marks.on_every_stage();
    marks.add_to(b.model);
  }
  if (name != "LlavaNextForConditionalGeneration" && name != "LlavaOnevisionForConditionalGeneration" && !bee && !r &&
      !minimax)
    return;
  add_language_vectors(b, {"image_newline"});
}

extern const Family llava{
    .id = "llava",
    .architectures =
        "LlavaForConditionalGeneration LlavaNextForConditionalGeneration LlavaNextVideoForConditionalGeneration "
        "LlavaOnevisionForConditionalGeneration BeeForConditionalGeneration RForConditionalGeneration "
        "MantisForConditionalGeneration TarsierForConditionalGeneration MiniMaxVL01ForConditionalGeneration",
    .model_types = "llava llava_next llava_next_video llava_onevision",
    .source =
        "vllm/model_executor/models/llava.py, llava_next.py, llava_next_video.py, llava_onevision.py, rvl.py, "
        "bee.py, tarsier.py, minimax_vl_01.py",
    .wrap = wrap_llava,
};

}  // namespace vram_gauge::families
