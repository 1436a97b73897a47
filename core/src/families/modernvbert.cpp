#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

// ModernBERT's layers, built without a quantization.
static void describe_modernvbert(Builder& b) {
  find_family("ModernBertModel")->describe(b);
  for (Layer& layer : b.model.layers)
    for (Module& module : layer.modules) module.quantizable = false;
}

static void wrap_modernvbert(Builder& b) {
  b.model.multimodal = true;
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip_tower(b, clip_shape(vision), {.prefix = "vision_model.vision_model."});
    const std::int64_t factor = b.root.positive("pixel_shuffle_factor", 4, 64);
    TowerBuilder connector("connector.", Role::projector);
    connector.quantizable = false;
    connector.linear(How::whole, "proj", vision.size("hidden_size") * factor * factor, b.sizes.hidden, false);
    connector.add_to(b.model);
  });
  b.pooling_head("custom_text_proj", b.sizes.hidden, b.root.positive("embedding_dim", 128), true);
}

extern const Family modernvbert{
    .id = "modernvbert",
    .architectures = "ColModernVBertForRetrieval ModernVBertModel",
    .model_types = "modernvbert colmodernvbert",
    .source = "vllm/model_executor/models/colmodernvbert.py",
    .describe = describe_modernvbert,
    .wrap = wrap_modernvbert,
};

}  // namespace vram_gauge::families
