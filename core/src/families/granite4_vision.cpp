#include "families/wrappers.hpp"
#include "towers/clip.hpp"
#include "towers/qformer.hpp"

namespace vram_gauge::families {
namespace {

struct Windows {
  std::int64_t query = 0, key = 0;  // sides
};

// "1/4" or "3/8".
Windows windows_granite4_vision(const Builder& b) {
  const std::string_view rate = b.root.text("downsample_rate");
  Windows windows;
  std::int64_t* side = &windows.query;
  for (const char c : rate) {
    if (c == '/' && side == &windows.query) side = &windows.key;
    else if (c >= '0' && c <= '9' && *side < 1000) *side = *side * 10 + (c - '0');
    else windows.key = 0, side = &windows.query;
  }
  if (windows.query < 1 || windows.key < 1)
    b.root.log().fail("invalid-value", "\"downsample_rate\" must be a fraction like \"3/8\".", "downsample_rate");
  return windows;
}

// One for each layer of the encoder whose features are used, and four for the offsets of the last one's.
void add_projectors_granite4_vision(Builder& b, std::int64_t width) {
  const Windows windows = windows_granite4_vision(b);
  const auto count = static_cast<std::int64_t>(b.root.objects("deepstack_layer_map").size()) + 4;
  for (std::int64_t i = 0; i < count; ++i)
    add_qformer(b, {.width = width, .inner = 3072, .layers = 1, .encoder = width}, "projectors.qformer.");
  TowerBuilder projectors({}, Role::projector);
  projectors.quantizable = false;
  projectors.in_blocks("projectors.*.", count);
  projectors.norm("norm.", width);
  projectors.tensor("query", {{1}, {windows.query * windows.query}, {width}});
  projectors.tensor("image_positions", {{1}, {windows.key * windows.key}, {width}});
  projectors.linear(How::whole, "out_linear", width, b.sizes.hidden);
  projectors.add_to(b.model);
  add_language_vectors(b, {"image_newline"});
}

void wrap_granite4_vision(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const ClipShape shape = clip_shape(vision);
    add_siglip_tower(b, shape, {.post_norm = 0});
    add_projectors_granite4_vision(b, shape.width);
  });
}

}  // namespace

extern const Family granite4_vision{
    .id = "granite4_vision",
    .architectures = "Granite4VisionForConditionalGeneration",
    .model_types = "granite4_vision",
    .source = "vllm/model_executor/models/granite4_vision.py",
    .wrap = wrap_granite4_vision,
    .text = "GraniteForCausalLM",
};

}  // namespace vram_gauge::families
