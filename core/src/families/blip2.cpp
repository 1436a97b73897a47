#include "families/wrappers.hpp"
#include "towers/qformer.hpp"

namespace vram_gauge::families {

static void add_vision_blip2(Builder& b, const ConfigReader& vision) {
  TowerBuilder tower({});  // vision_model, which its class doesn't hand on: module lists don't see that name
  const std::int64_t width = vision.size("hidden_size"), patch = vision.size("patch_size", max_factor),
                     side = vision.size("image_size") / patch;
  tower.tensor("embeddings.class_embedding", {{1}, {1}, {width}});
  tower.tensor("embeddings.position_embedding", {{1}, {side * side + 1}, {width}});
  tower.convolution("embeddings.patch_embedding.", {{width}, {3}, {patch}, {patch}});
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = vision.size("num_attention_heads"),
                 .inner = vision.size("intermediate_size"),
                 .qkv_bias = vision.flag("qkv_bias", true),
                 .blocks = "encoder.layers.*.",
                 .attention = "self_attn.",
                 .out = "projection",
                 .norms = {"layer_norm1.", "layer_norm2."}});
  tower.norm("post_layernorm.", width);
  tower.add_to(b.model);
}

static void wrap_blip2(Builder& b) {
  b.model.prefix = "language_model.model.decoder.";
  b.model.layer_prefix = "language_model.model.decoder.layers.";
  b.model.head_prefix = "language_model.";
  b.model.multimodal = true;
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_vision_blip2(b, vision); });
  const ConfigReader qformer = b.root.object("qformer_config");
  add_qformer(b, qformer_shape(qformer), "qformer.");
  const std::int64_t width = qformer.size("hidden_size");
  TowerBuilder projector({}, Role::projector);
  projector.quantizable = false;
  projector.linear(How::whole, "language_projection", width, b.sizes.hidden);
  projector.add_to(b.model);
  TowerBuilder queries({}, Role::projector);
  queries.tensor("query_tokens", {{1}, {b.root.positive("num_query_tokens", 32)}, {width}});
  queries.on_every_stage();
  queries.add_to(b.model);
}

extern const Family blip2{
    .id = "blip2",
    .architectures = "Blip2ForConditionalGeneration",
    .model_types = "blip-2",
    .source = "vllm/model_executor/models/blip2.py, blip.py",
    .wrap = wrap_blip2,
};

}  // namespace vram_gauge::families
