#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

// Attention within windows of 2 × 2 patches that become one, in the middle of the encoder
// (minicpmv4_6.py:MiniCPMV4_6ViTWindowAttentionMerger).
void add_window_merger(Builder& b, const ClipShape& shape) {
  TowerBuilder merger("vit_merger.");
  const Dim heads{shape.heads, per_head(shape.width, shape.heads), Split::even};
  merger.module(column(Role::vision, "self_attn.qkv_proj", shape.width, {heads, heads, heads}, true));
  merger.linear(How::row, "self_attn.out_proj", shape.width, shape.width);
  merger.quantizable = false;
  merger.norm("layer_norm1.", shape.width);
  merger.norm("pre_norm.", 4 * shape.width);
  merger.linear(How::whole, "linear_1", 4 * shape.width, 4 * shape.inner);
  merger.linear(How::whole, "linear_2", 4 * shape.inner, shape.width);
  merger.add_to(b.model);
}

void wrap_minicpmv4_6(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const ClipShape shape = clip_shape(vision);
    // The later two keep every layer, whatever the file says.
    const bool drops = b.context.architecture == "MiniCPMV4_6ForConditionalGeneration";
    const std::int64_t depth = shape.layers - (drops && b.root.flag("drop_vision_last_layer") ? 1 : 0);
    add_siglip_tower(b, shape,
                     {.prefix = "vpm.", .depth = depth, .post_norm = 1, .any_width = true, .position_ids = false});
    add_window_merger(b, shape);
    TowerBuilder merger("merger.mlp.*.", Role::projector);
    merger.quantizable = false;
    merger.norm("pre_norm.", 4 * shape.width);
    merger.linear(How::whole, "linear_1", 4 * shape.width, 4 * shape.width);
    merger.linear(How::whole, "linear_2", 4 * shape.width, b.sizes.hidden);
    merger.add_to(b.model);
  });
}

}  // namespace

extern const Family minicpmv4_6{
    .id = "minicpmv4_6",
    .architectures =
        "MiniCPMV4_6ForConditionalGeneration MiniCPMV4_7ForConditionalGeneration MiniCPMOcrForConditionalGeneration",
    .model_types = "minicpmv4_6 minicpmv4_7",
    .source = "vllm/model_executor/models/minicpmv4_6.py",
    .wrap = wrap_minicpmv4_6,
};

}  // namespace vram_gauge::families
