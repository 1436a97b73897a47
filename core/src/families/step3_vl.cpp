#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

static void add_vision_step3_vl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.positive("hidden_size", 1792),
                     patch = vision.positive("patch_size", 14, max_factor);
  const std::int64_t side = patch > 0 ? vision.positive("image_size", 728) / patch : 0;
  TowerBuilder tower("vision_model.");
  tower.quantizable = false;
  tower.tensor("embeddings.class_embedding", {{1}, {width}});
  tower.convolution("embeddings.patch_embedding.",
                    {{width}, {vision.positive("num_channels", 3, max_factor)}, {patch}, {patch}});
  tower.tensor("embeddings.position_embedding.weight", {{side * side + 1}, {width}});
  tower.buffer("embeddings.position_ids", {{1}, {side * side + 1}}, Dtype::int64);
  tower.encoder({.depth = vision.positive("num_hidden_layers", 63, max_layers),
                 .width = width,
                 .heads = vision.positive("num_attention_heads", 16),
                 .inner = vision.positive("intermediate_size", 3072),
                 .blocks = "transformer.layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .norms = {"layer_norm1.", "layer_norm2."}});
  tower.add_to(b.model);
  const std::int64_t out = vision.positive("output_hidden_size", 4096);
  TowerBuilder projector("", Role::projector);
  projector.quantizable = false;
  projector.convolution("vit_downsampler.", {{out}, {width}, {2}, {2}});
  projector.convolution("vit_downsampler2.", {{2 * out}, {out}, {3}, {3}});
  projector.linear(How::whole, "vit_large_projector", 2 * out, b.sizes.hidden, b.root.flag("projector_bias", true));
  projector.add_to(b.model);
}

static void wrap_step3_vl(Builder& b) {
  nest_language_model(b);
  add_vision_step3_vl(b, b.root.object("vision_config"));
}

extern const Family step3_vl{
    .id = "step3_vl",
    .architectures = "Step3VLForConditionalGeneration",
    .model_types = "step3_vl",
    .source = "vllm/model_executor/models/step3_vl.py",
    .describe = nullptr,
    .wrap = wrap_step3_vl,
    .text = "Step3TextForCausalLM",
};

}  // namespace vram_gauge::families
