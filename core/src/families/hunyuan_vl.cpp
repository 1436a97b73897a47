#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

// Everything of it is whole on every rank; before 0.29 (hunyuan_vision.py) its blocks are divided.
static void add_tower_hunyuan_vl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size"), patch = vision.size("patch_size", max_factor),
                     merge = vision.positive("spatial_merge_size", 2, 64), out = vision.size("out_hidden_size");
  const std::int64_t side = vision.size("max_image_size") / patch, middle = 2 * width, merged = 4 * width;
  TowerBuilder tower("vision_tower.");
  tower.convolution("embeddings.patch_embedding.",
                    {{width}, {vision.positive("num_channels", 3, max_factor)}, {patch}, {patch}});
  tower.tensor("embeddings.position_embedding.weight", {{side * side + 1}, {width}});
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = vision.size("num_attention_heads"),
                 .inner = vision.size("intermediate_size"),
                 .separate_qkv = true,
                 .split_attention = !b.since(29),
                 .split_mlp = !b.since(29),
                 .blocks = "layers.*.",
                 .attention = "self_attn.",
                 .out = "o_proj",
                 .norms = {"layer_norm1.", "layer_norm2."}});
  tower.convolution("patch_merger.proj_conv.", {{middle}, {width}, {merge}, {merge}});
  tower.convolution("patch_merger.proj_out.", {{merged}, {middle}, {1}, {1}});
  tower.linear(How::whole, "patch_merger.mlp", merged, out);
  tower.tensor("patch_merger.image_newline", {{merged}});
  for (const std::string_view name : {"image_begin", "image_end", "image_sep", "after_rms.weight"}) {
    tower.in_blocks("patch_merger.", 1);
    tower.tensor(name, {{out}});
  }
  tower.tensor("before_rms.weight", {{width}});
  tower.add_to(b.model);
}

static void wrap_hunyuan_vl(Builder& b) {
  nest_language_model(b);
  b.model.prefix = "model.language_model.";
  b.model.layer_prefix = "model.language_model.layers.";
  b.model.head_prefix = {};
  if (b.since(29) && !b.since(33)) b.inexact("Hunyuan-VL in the generic Transformers wrapper was read for 0.33 only.");
  if (b.root.has("quantization_config|compression_config")) b.inexact("A quantized Hunyuan-VL is not modelled.");
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_tower_hunyuan_vl(b, vision); });
}

extern const Family hunyuan_vl{
    .id = "hunyuan_vl",
    .architectures = "HunYuanVLForConditionalGeneration",
    .model_types = "hunyuan_vl",
    .source =
        "vllm/model_executor/models/transformers/multimodal.py, "
        "transformers/models/hunyuan_vl/modeling_hunyuan_vl.py",
    .wrap = wrap_hunyuan_vl,
    .text = "HunYuanDenseV1ForCausalLM",
};

}  // namespace vram_gauge::families
