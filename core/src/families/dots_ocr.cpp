#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

static void add_tower_dots_ocr(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("embed_dim"), heads = vision.size("num_attention_heads"),
                     patch = vision.size("patch_size", max_factor),
                     merge = vision.positive("spatial_merge_size", 2, max_factor);
  const std::int64_t merged = width * merge * merge;
  const bool bias = vision.flag("use_bias");
  TowerBuilder tower("vision_tower.");
  tower.convolution("patch_embed.patchifier.proj.",
                    {{width}, {vision.positive("num_channels", 3, max_factor)}, {patch}, {patch}});
  tower.norm("patch_embed.patchifier.norm.", width, false);
  tower.buffer("rotary_pos_emb.inv_freq", {{per_head(width, heads) / 4}}, Dtype::float32);
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = vision.size("intermediate_size"),
                 .qkv_bias = bias,
                 .out_bias = bias,
                 .mlp_bias = bias,
                 .norm_bias = false,
                 .gated = true,
                 .up = "fc13"});
  if (vision.flag("post_norm", true)) tower.norm("post_trunk_norm.", width, false);
  tower.quantizable = false;
  tower.norm("merger.ln_q.", width);
  tower.linear(How::column, "merger.mlp.0", merged, merged);
  tower.linear(How::row, "merger.mlp.2", merged, vision.size("hidden_size"));
  tower.add_to(b.model);
}

static void wrap_dots_ocr(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_tower_dots_ocr(b, vision); });
}

extern const Family dots_ocr{
    .id = "dots_ocr",
    .architectures = "DotsOCRForCausalLM",
    .model_types = "dots_ocr",
    .source = "vllm/model_executor/models/dots_ocr.py",
    .wrap = wrap_dots_ocr,
    .text = "Qwen2ForCausalLM",
};

}  // namespace vram_gauge::families
