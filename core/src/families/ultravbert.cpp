#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

// A bidirectional decoder without a cache whose layers have a rotary base by how far they attend.
void describe_ultravbert(Builder& b) {
  Model& model = b.model;
  model.pooling = model.multimodal = true;
  model.tied = false;
  model.prefix = "text_model.", model.layer_prefix = "text_model.layers.";
  if (!b.text.is_array("layer_types"))
    b.slide_where(b.layers_where([](std::int64_t i) { return (i + 1) % 3 != 0; }), b.window());
  AttentionSpec full = b.attention();
  b.see_everything(full);
  full.qkv_bias = full.out_bias = b.text.flag("attention_bias");
  AttentionSpec local = full;
  full.rope = b.rope({.parameters = b.rope_parameters("full_attention"), .own_parameters = true});
  local.rope = b.rope({.parameters = b.rope_parameters("sliding_attention"), .own_parameters = true, .kind = 1});
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("mlp_bias");
  b.add({.attention = full, .mlp = mlp, .outside = {.placement = "aa-"}, .sliding = local});
}

void wrap_ultravbert(Builder& b) {
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip_tower(b, clip_shape(vision), {.prefix = "vision_model.vision_model."});
    const std::int64_t factor = b.root.positive("pixel_shuffle_factor", 4, 64);
    TowerBuilder connector("connector.", Role::projector);
    connector.linear(How::whole, "modality_projection", vision.size("hidden_size") * factor * factor, b.sizes.hidden,
                     false);
    if (b.root.flag("connector_norm", true)) connector.norm("norm.", b.sizes.hidden, false);
    connector.add_to(b.model);
  });
}

}  // namespace

extern const Family ultravbert{
    .id = "ultravbert",
    .architectures = "ColUltraVBertForRetrieval",
    .model_types = "ultravbert",
    .source = "vllm/model_executor/models/colultravbert.py",
    .describe = describe_ultravbert,
    .wrap = wrap_ultravbert,
};

}  // namespace vram_gauge::families
