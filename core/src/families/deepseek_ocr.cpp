#include "families/wrappers.hpp"
#include "towers/clip.hpp"
#include "towers/sam.hpp"

namespace vram_gauge::families {

// Both encoders' sizes are the class's own.
static void wrap(Builder& b) {
  nest_language_model(b);
  const ConfigReader config = b.root.object("projector_config");
  add_sam_tower(b, "sam_model.", 1024);
  add_clip_tower(b, {.width = 1024, .heads = 16, .inner = 4096, .layers = 24, .patch = 14, .image = 224, .channels = 3},
                 {.prefix = "vision_model.", .post_norm = 0});
  if (config.text("projector_type", "linear") != "linear") b.inexact("Only the linear projector is modelled here.");
  const std::int64_t width = config.integer("n_embed", 2048);
  TowerBuilder projector("", Role::projector);
  projector.quantizable = false;
  projector.linear(How::whole, "projector.layers", config.integer("input_dim", 2048), width);
  projector.add_to(b.model);
  TowerBuilder separators("", Role::projector);
  for (const std::string_view name : {"image_newline", "view_seperator"}) separators.tensor(name, {{width}});
  separators.on_every_stage();
  separators.add_to(b.model);
}

extern const Family deepseek_ocr{
    .id = "deepseek_ocr",
    .architectures = "DeepseekOCRForCausalLM",
    .model_types = "",
    .source = "vllm/model_executor/models/deepseek_ocr.py, deepencoder.py",
    .describe = nullptr,
    .wrap = wrap,
};

}  // namespace vram_gauge::families
