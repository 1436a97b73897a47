#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_phi3v(Builder& b) {
  nest_language_model(b);
  // A second token embedding, which the image features are merged into.
  TowerBuilder merged({});
  merged.module(vocabulary(Role::embedding, "embed_tokens", b.sizes.vocab, b.sizes.hidden));
  merged.add_to(b.model);
  b.model.towers.back().modules.back().in_checkpoint = false;
  const ConfigReader processor = b.root.object("img_processor");
  const std::int64_t wide = 4 * processor.positive("image_dim_out", 1024);
  // CLIP-L/336, whatever the file says (phi3v.py:CLIP_VIT_LARGE_PATCH14_336_CONFIG).
  const ClipShape clip{.width = 1024, .heads = 16, .inner = 4096, .layers = 24, .patch = 14, .image = 336};
  const auto layer = processor.index("layer_idx", -2, max_layers);
  add_clip_tower(b, clip,
                 {.prefix = "vision_embed_tokens.img_processor.vision_model.",
                  .depth = layer < 0 ? clip.layers + layer + 1 : layer});
  TowerBuilder projector("vision_embed_tokens.", Role::projector);
  projector.quantizable = false;
  projector.tensor("glb_GN", {{1}, {1}, {wide}});
  projector.tensor("sub_GN", {{1}, {1}, {1}, {wide}});
  projector.linear(How::whole, "img_projection.0", wide, b.sizes.hidden);
  projector.linear(How::whole, "img_projection.2", b.sizes.hidden, b.sizes.hidden);
  projector.add_to(b.model);
}

extern const Family phi3v{
    .id = "phi3v",
    .architectures = "Phi3VForCausalLM",
    .model_types = "phi3_v",
    .source = "vllm/model_executor/models/phi3v.py",
    .wrap = wrap_phi3v,
    .text = "LlamaForCausalLM",
};

}  // namespace vram_gauge::families
