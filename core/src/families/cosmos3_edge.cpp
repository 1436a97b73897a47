#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

// Nemotron-H's backbone: each of the file's layers is two, attention and feed-forward, with a norm each.
static void describe_cosmos3_edge(Builder& b) {
  b.model.tied = false;  // whatever the file says
  b.sizes.layers *= 2;
  AttentionSpec attention = b.attention();
  attention.name = "mixer.";
  attention.rope = b.rope();
  b.embeddings({.placement = "aaa", .norm = "norm_f.weight"});
  b.layers(
      b.sizes.layers, [](std::int64_t i) { return static_cast<int>(i % 2); },
      [&](Layer& layer, int kind) {
        b.norms(layer, {"norm.weight"});
        if (kind == 0) return b.add(layer, attention);
        b.add(layer,
              MlpSpec{.inner = b.sizes.inner, .gated = false, .bias = b.text.flag("mlp_bias"), .name = "mixer."});
      });
}

static void wrap_cosmos3_edge(Builder& b) {
  nest_language_model(b);
  if (!b.since(33)) b.inexact("Cosmos3-Edge's class was read for 0.33 only.");
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip2_tower(b, vision, {.prefix = "visual.encoder.", .any_width = true});
    const std::int64_t width = vision.size("hidden_size"), merge = vision.positive("spatial_merge_size", 2, 64),
                       inner = b.root.positive("projector_hidden_size", 11520);
    TowerBuilder projector("visual.projector.", Role::projector);
    projector.norm("norm.", width);
    projector.linear(How::column, "linear_fc1", width * merge * merge, inner);
    projector.linear(How::row, "linear_fc2", inner, b.sizes.hidden);
    projector.add_to(b.model);
  });
}

extern const Family cosmos3_edge{
    .id = "cosmos3_edge",
    .architectures = "Cosmos3EdgeForConditionalGeneration",
    .model_types = "cosmos3_edge cosmos3_edge_text",
    .source = "vllm/model_executor/models/cosmos3_edge.py",
    .describe = describe_cosmos3_edge,
    .wrap = wrap_cosmos3_edge,
};

}  // namespace vram_gauge::families
