#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

static void add_tower_llava_onevision2(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_attention_heads"),
                     patch = vision.size("patch_size", max_factor),
                     merge = vision.size("spatial_merge_size", max_factor);
  const std::int64_t unit = per_head(width, heads) / 32, merged = width * merge * merge;
  TowerBuilder tower("visual.");
  tower.quantizable = false;
  tower.convolution("embeddings.patch_embedding.",
                    {{width}, {vision.positive("num_channels", 3, max_factor)}, {patch}, {patch}}, false);
  tower.norm("layernorm_pre.", width);
  tower.buffer("rotary_pos_emb.inv_freq_t", {{4 * unit}}, Dtype::float32);
  tower.buffer("rotary_pos_emb.inv_freq_h", {{6 * unit}}, Dtype::float32);
  tower.buffer("rotary_pos_emb.inv_freq_w", {{6 * unit}}, Dtype::float32);
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = vision.size("intermediate_size"),
                 .blocks = "encoder.layers.*.",
                 .attention = "self_attn.",
                 .norms = {"layer_norm1.", "layer_norm2."}});
  tower.norm("merger.ln_q.", width);
  tower.linear(How::column, "merger.mlp.0", merged, merged);
  tower.linear(How::row, "merger.mlp.2", merged, b.sizes.hidden);
  tower.add_to(b.model);
}

static void wrap_llava_onevision2(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_tower_llava_onevision2(b, vision); });
}

extern const Family llava_onevision2{
    .id = "llava_onevision2",
    .architectures = "LlavaOnevision2ForConditionalGeneration",
    .model_types = "llava_onevision2",
    .source = "vllm/model_executor/models/llava_onevision2.py",
    .wrap = wrap_llava_onevision2,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
