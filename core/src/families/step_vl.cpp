#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

// PerceptionEncoder, with a table of 2D rotary frequencies in each block.
static void add_vision_step_vl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("width"), heads = vision.size("heads"),
                     patch = vision.size("patch_size", max_factor);
  const std::int64_t side = patch > 0 ? vision.size("image_size") / patch : 0;
  const std::int64_t depth = vision.size("layers", max_layers),
                     rows = side * side + (vision.flag("use_cls_token") ? 1 : 0);
  const bool is_step5 = b.context.architecture.starts_with("Step5");  // its config class has another ratio
  TowerBuilder tower("vision_model.");
  tower.convolution("conv1.", {{width}, {3}, {patch}, {patch}}, false);
  if (vision.flag("use_ln_pre")) tower.norm("ln_pre.", width);
  if (vision.flag("use_ln_post")) tower.norm("ln_post.", width);
  tower.encoder({.depth = depth,
                 .width = width,
                 .heads = heads,
                 .inner = !is_step5 || vision.has("mlp_ratio") ? inner_by_ratio(vision, width) : width * 8960 / 1536,
                 .blocks = "transformer.resblocks.*.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .norms = {"ln_1.", "ln_2."}});
  tower.in_blocks("transformer.resblocks.*.", depth);
  if (vision.find_number("ls_init_value"))
    for (const std::string_view name : {"ls_1.gamma", "ls_2.gamma"}) tower.tensor(name, {{width}});
  tower.buffer("attn.rope.freqs_cache", {{1}, {1}, {rows}, {per_head(width, heads)}}, Dtype::float32);
  tower.in_blocks({}, 1);
  tower.convolution("vit_downsampler1.", {{2 * width}, {width}, {3}, {3}});
  tower.convolution("vit_downsampler2.", {{4 * width}, {2 * width}, {3}, {3}});
  if (vision.flag("use_cls_token")) tower.tensor("class_embedding", {{width}});
  if (vision.flag("use_abs_posemb")) tower.tensor("positional_embedding", {{rows}, {width}});
  tower.add_to(b.model);
  TowerBuilder projector("", Role::projector);
  projector.linear(How::column, "vit_large_projector", 4 * width, b.sizes.hidden, b.root.flag("projector_bias", true));
  projector.add_to(b.model);
}

static void wrap_step_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_vision_step_vl(b, vision); });
}

extern const Family step_vl{
    .id = "step_vl",
    .architectures = "StepVLForConditionalGeneration Step3p7ForConditionalGeneration Step5ForConditionalGeneration",
    .model_types = "step_vl step3p7 step5_vl",
    .source = "vllm/model_executor/models/step_vl.py, step3p7.py",
    .describe = nullptr,
    .wrap = wrap_step_vl,
};

}  // namespace vram_gauge::families
