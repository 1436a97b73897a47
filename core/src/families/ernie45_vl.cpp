#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

static void add_vision_ernie45_vl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("embed_dim|hidden_size"), heads = vision.size("num_heads");
  const std::int64_t patch = vision.size("patch_size", max_factor);
  TowerBuilder tower("vision_model.");
  tower.linear(How::whole, "patch_embed.proj", vision.positive("in_channels", 3, max_factor) * patch * patch, width,
               false);
  tower.encoder({.depth = vision.size("depth", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = inner_by_ratio(vision, width)});
  tower.norm("ln.", width);
  tower.buffer("rotary_pos_emb.inv_freq", {{per_head(width, heads) / 4}}, Dtype::float32);
  tower.add_to(b.model);
}

// Neighbouring patches, and frames, become one vector.
static void add_resampler_ernie45_vl(Builder& b) {
  const std::int64_t space = b.text.positive("spatial_conv_size", 2, max_factor),
                     time = b.text.positive("temporal_conv_size", 2, max_factor);
  const std::int64_t width = b.text.size("pixel_hidden_size") * space * space;
  TowerBuilder tower("resampler_model.", Role::projector);
  tower.quantizable = false;
  tower.linear(How::column, "spatial_linear1", width, width);
  tower.linear(How::column, "spatial_linear2", width, width);
  tower.norm("spatial_norm.", width);
  if (b.text.flag("use_temporal_conv", true)) {
    tower.linear(How::column, "temporal_linear1", width * time, width);
    tower.linear(How::column, "temporal_linear2", width, width);
    tower.norm("temporal_norm.", width);
  }
  tower.linear(How::column, "mlp", width, b.sizes.hidden);
  tower.norm("after_norm.", b.sizes.hidden, false);
  tower.add_to(b.model);
}

// Text and images have experts of their own, behind one shared expert.
static void add_experts_ernie45_vl(Builder& b, Layer& layer) {
  MoeSpec words = b.moe();
  words.rank_needs_expert = true;
  words.top_k = b.sizes.top_k = b.text.integer("moe_k", 1, words.experts);
  words.gate = "text_experts_gate";
  words.router = Dtype::float32;
  words.router_quantizable = true;
  words.shared_inner = words.inner * b.text.integer("moe_num_shared_experts", 0);
  b.add(layer, words);
  MoeSpec images = words;
  images.gate = "vision_experts_gate";
  images.shared_inner = 0;
  const std::vector<std::int64_t> widths = b.text.integers("moe_intermediate_size", 1);
  if (widths.size() > 1) images.inner = widths[1];
  b.add(layer, images);
  layer.modules.push_back(tensor(Role::experts, "mlp.e_score_correction_bias", {{2}, {words.experts}}, Dtype::float32));
}

// One number, or one for text and one for images.
static std::int64_t end_of_range(const Builder& b, std::string_view key, std::int64_t fallback) {
  const std::vector<std::int64_t> ends = b.text.integers(key);
  return ends.empty() ? fallback : ends.front();
}

static void describe_ernie45_vl(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.mlp.bias = b.text.flag("use_bias");
  spec.attention.out_bias = false;
  spec.attention.rope = -1;
  for (const std::string_view key : {"moe_layer_start_index", "moe_layer_end_index"}) {
    const std::vector<std::int64_t> ends = b.text.integers(key);
    if (ends.size() > 1 && ends[0] != ends[1])
      b.inexact("Layers with experts for text only, or for images only, are not modelled here.");
  }
  const std::int64_t step = b.text.positive("moe_layer_interval", 1);
  const std::int64_t first = end_of_range(b, "moe_layer_start_index", 0),
                     last = end_of_range(b, "moe_layer_end_index", b.sizes.layers - 1);
  if (b.model.tied) b.model.pipeline = false;  // the head has no embedding to be tied to on its own stage
  b.embeddings("fll");
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return (i + 1) % step == 0 && i >= first && i <= last ? 1 : 0; },
      [&](Layer& layer, int kind) {
        b.add(layer, spec.attention);
        // Each layer has a table of its own, with room for the positions of images.
        layer.modules.push_back(buffer(Role::other, "self_attn.rotary_emb.cos_sin_cache",
                                       {{4 * b.sizes.max_positions}, {b.sizes.head_dim}}));
        if (kind) add_experts_ernie45_vl(b, layer);
        else b.add(layer, spec.mlp);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

static void wrap_ernie45_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_vision_ernie45_vl(b, vision);
    add_resampler_ernie45_vl(b);
  });
  TowerBuilder tokens("");
  tokens.buffer("_visual_token_ids_tensor_cache", {{1}}, Dtype::int64);
  tokens.on_every_stage();
  tokens.add_to(b.model);
}

extern const Family ernie45_vl{
    .id = "ernie45_vl",
    .architectures = "Ernie4_5_VLMoeForConditionalGeneration",
    .model_types = "ernie4_5_moe_vl ernie4_5_vl_moe",
    .source = "vllm/model_executor/models/ernie45_vl.py, ernie45_vl_moe.py",
    .describe = describe_ernie45_vl,
    .wrap = wrap_ernie45_vl,
};

}  // namespace vram_gauge::families
