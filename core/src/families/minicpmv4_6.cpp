#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip_tower(b, clip_shape(vision),
                     {.prefix = "vpm.", .post_norm = 1, .any_width = true, .position_ids = false});
  });
  b.inexact("The mergers after the vision encoder are not modelled.");
}

extern const Family minicpmv4_6{
    .id = "minicpmv4_6",
    .architectures =
        "MiniCPMV4_6ForConditionalGeneration MiniCPMV4_7ForConditionalGeneration MiniCPMOcrForConditionalGeneration",
    .model_types = "minicpmv4_6 minicpmv4_7",
    .source = "vllm/model_executor/models/minicpmv4_6.py",
    .wrap = wrap,
};

}  // namespace vram_gauge::families
