#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_bagel(Builder& b) {
  nest_language_model(b);
  if (!b.root.flag("visual_und", true)) return;
  const ConfigReader vision = b.root.object("vit_config").with_defaults_of("siglip_vision_model");
  ClipShape shape = clip_shape(vision);
  if (shape.layers == 27) shape.layers = 26;  // the checkpoint's file has one too many
  add_siglip_tower(b, shape, {.prefix = "vit_model.vision_model."});
  const std::int64_t out = b.sizes.hidden, side = b.root.positive("vit_max_num_patch_per_side", 70, 4096);
  TowerBuilder connector({}, Role::projector);
  connector.linear(How::column, "connector.fc1", shape.width, out);
  connector.linear(How::row, "connector.fc2", out, out);
  connector.buffer("vit_pos_embed.pos_embed", {{side * side}, {out}}, Dtype::float32);
  connector.add_to(b.model);
}

extern const Family bagel{
    .id = "bagel",
    .architectures = "BagelForConditionalGeneration",
    .model_types = "bagel",
    .source = "vllm/model_executor/models/bagel.py",
    .wrap = wrap_bagel,
    .text = "Qwen2ForCausalLM",
};

}  // namespace vram_gauge::families
