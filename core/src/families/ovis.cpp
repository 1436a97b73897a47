#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

// vllm/model_executor/models/aimv2.py:AIMv2Model, without a norm after its blocks
void add_aimv2_ovis(Builder& b, const ConfigReader& vision) {
  const ClipShape shape = clip_shape(vision);
  const std::int64_t side = shape.image / shape.patch;
  const bool mlp_bias = vision.flag("mlp_bias"), qkv_bias = vision.flag("qkv_bias");
  if (!b.since(33) && vision.flag("use_bias") != mlp_bias)
    b.inexact("Which key this release's AIMv2 takes for its biases was not read.");
  TowerBuilder tower("visual_tokenizer.backbone.");
  tower.convolution("preprocessor.patchifier.proj.", {{shape.width}, {shape.channels}, {shape.patch}, {shape.patch}});
  tower.norm("preprocessor.patchifier.norm.", shape.width, false);
  tower.tensor("preprocessor.pos_embed", {{1}, {side * side}, {shape.width}});
  tower.encoder({.depth = shape.layers,
                 .width = shape.width,
                 .heads = shape.heads,
                 .inner = shape.inner,
                 .qkv_bias = qkv_bias,
                 .out_bias = mlp_bias,
                 .mlp_bias = mlp_bias,
                 .norm_bias = false,
                 .gated = true,
                 .blocks = "trunk.blocks.*.",
                 .up = "fc13",
                 .norms = {"norm_1.", "norm_2."}});
  tower.add_to(b.model);
}

// vllm/model_executor/models/siglip2navit.py:Siglip2NavitModel
void add_navit_ovis(Builder& b, const ConfigReader& vision) {
  const ClipShape shape = clip_shape(vision);
  const std::int64_t packed = vision.index("num_patches", -1);
  TowerBuilder tower("visual_tokenizer.vit.vision_model.");
  tower.tensor("embeddings.patch_embedding.weight", {{shape.width}, {shape.channels}, {shape.patch}, {shape.patch}});
  tower.tensor("embeddings.patch_embedding.bias", {{shape.width}});
  if (vision.flag("preserve_original_pe")) {
    const std::int64_t side = shape.image / shape.patch;
    tower.tensor("embeddings.position_embedding.weight", {{packed > 0 ? packed : side * side}, {shape.width}});
  }
  tower.norm("post_layernorm.", shape.width);
  tower.buffer("encoder.rotary_pos_emb.inv_freq", {{ceil_div(per_head(shape.width, shape.heads) / 2, 2)}},
               Dtype::float32);
  tower.encoder(clip_blocks(shape));
  tower.add_to(b.model);
}

// From patches to weights of the visual words, `indicators` of which no patch is, and the words' vectors.
void add_words_ovis(Builder& b, std::int64_t in, std::int64_t words, std::int64_t indicators) {
  TowerBuilder head({}, Role::projector);
  head.quantizable = false;
  head.linear(How::whole, "visual_tokenizer.head.0", in, words - indicators, false);
  head.norm("visual_tokenizer.head.1.", words - indicators);
  head.tensor("vte.weight", {{words}, {b.root.positive("hidden_size", b.sizes.hidden)}});
  head.add_to(b.model);
}

void wrap_ovis(Builder& b) {
  nest_language_model(b);
  if (!b.since(14, 1) && b.root.has("quantization_config|compression_config"))
    b.inexact("How this release quantizes the encoder was not read.");
  b.model.prefix = "llm.model.";
  b.model.layer_prefix = "llm.model.layers.";
  b.model.head_prefix = "llm.";
  if (b.context.architecture != "Ovis")
    return with_tower(b, "vit_config", [&](const ConfigReader& vision) {
      add_navit_ovis(b, vision);
      const std::int64_t stride = vision.positive("hidden_stride", 2, 64);
      add_words_ovis(b, vision.size("hidden_size") * stride * stride, b.root.size("visual_vocab_size"), 4);
    });
  with_tower(b, "visual_tokenizer_config", [&](const ConfigReader& tokenizer) {
    const ConfigReader vision = tokenizer.object("backbone_config");
    const std::int64_t stride = tokenizer.positive("hidden_stride", 1, 64);
    if (vision.model_type() == "siglip_vision_model")
      add_siglip_tower(b, clip_shape(vision), {.prefix = "visual_tokenizer.backbone.vision_model."});
    else add_aimv2_ovis(b, vision);
    add_words_ovis(b, vision.size("hidden_size") * stride * stride, tokenizer.positive("vocab_size", 16384), 5);
  });
}

}  // namespace

extern const Family ovis{
    .id = "ovis",
    .architectures = "Ovis Ovis2_5 Ovis2_6ForCausalLM Ovis2_6_MoeForCausalLM",
    .model_types = "ovis ovis2_5",
    .source = "vllm/model_executor/models/ovis.py, ovis2_5.py, aimv2.py, siglip2navit.py",
    .wrap = wrap_ovis,
};

}  // namespace vram_gauge::families
