#include "families/family.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

// The text encoder: CLIP's is causal and keeps a cache, SigLIP's sees everything.
void describe_dual_encoder(Builder& b) {
  const bool clip = b.context.architecture == "CLIPModel";
  b.ignore_head_dim();
  Model& model = b.model;
  model.pooling = model.multimodal = true;
  model.tied = false;
  model.prefix = "text_model.", model.layer_prefix = "text_model.encoder.layers.";
  const std::int64_t hidden = b.sizes.hidden, positions = b.sizes.max_positions;
  b.outside(Stage::every, vocabulary(Role::embedding, "embeddings.token_embedding", b.sizes.vocab, hidden));
  b.outside(Stage::every, vocabulary(Role::embedding, "embeddings.position_embedding", positions, hidden));
  if (!clip)
    b.outside(Stage::every, buffer(Role::embedding, "embeddings.position_ids", {{1}, {positions}}, Dtype::int64));
  b.outside(Stage::every, layer_norm("final_layer_norm.weight", hidden));
  AttentionSpec attention = b.attention();
  attention.kv_heads = attention.heads;
  attention.qkv_bias = attention.out_bias = true;
  attention.model_dtype_cache = true;
  attention.out = "out_proj";
  if (!clip) b.see_everything(attention);
  MlpSpec mlp = b.mlp();
  mlp.gated = false, mlp.bias = true, mlp.up = "fc1", mlp.down = "fc2";
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        b.add(layer, attention);
        b.add(layer, mlp);
        layer.bare_attention = true;  // built without the quantization
        // Kernels of quantized weights want multiples of 64.
        if (hidden % 64 != 0 || b.sizes.inner % 64 != 0)
          for (auto module = layer.modules.end() - 2; module != layer.modules.end(); ++module)
            module->quantizable = false;
        b.norms(layer, {"layer_norm1.weight", "layer_norm2.weight"}, true);
      });
}

// vllm/model_executor/models/siglip.py:SiglipMultiheadAttentionPoolingHead
void add_pooling_dual_encoder(Builder& b, const ClipShape& shape) {
  TowerBuilder head("vision_model.head.");
  head.quantizable = false;
  head.tensor("probe", {{1}, {1}, {shape.width}});
  head.tensor("attention.in_proj_weight", {{3 * shape.width}, {shape.width}});
  head.tensor("attention.in_proj_bias", {{3 * shape.width}});
  head.linear(How::whole, "attention.out_proj", shape.width, shape.width);
  head.norm("layernorm.", shape.width);
  head.quantizable = shape.width % 64 == 0 && shape.inner % 64 == 0;
  head.linear(How::column, "mlp.fc1", shape.width, shape.inner);
  head.linear(How::row, "mlp.fc2", shape.inner, shape.width);
  head.add_to(b.model);
}

void wrap_dual_encoder(Builder& b) {
  const bool clip = b.context.architecture == "CLIPModel";
  const ConfigReader vision = b.root.object("vision_config");
  const ClipShape shape = clip_shape(vision);
  const ClipSpec spec{.prefix = "vision_model."};
  if (!clip) {
    add_siglip_tower(b, shape, spec);
    if (vision.flag("vision_use_head", true)) add_pooling_dual_encoder(b, shape);
    b.pooling_head("head", b.sizes.hidden, b.text.positive("projection_size", b.sizes.hidden), true, Dtype::model);
    return;
  }
  add_clip_tower(b, shape, spec);
  const std::int64_t out = b.root.positive("projection_dim", 512);
  b.pooling_head("text_projection", b.sizes.hidden, out, false, Dtype::model);
  TowerBuilder projection({}, Role::projector);
  projection.quantizable = false;
  projection.linear(How::whole, "visual_projection", shape.width, out, false);
  projection.add_to(b.model);
}

}  // namespace

extern const Family dual_encoder{
    .id = "dual_encoder",
    .architectures = "CLIPModel SiglipModel",
    .model_types = "clip siglip",
    .source = "vllm/model_executor/models/clip.py, siglip.py",
    .describe = describe_dual_encoder,
    .wrap = wrap_dual_encoder,
};

}  // namespace vram_gauge::families
