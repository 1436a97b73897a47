#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// NaViT with a table of the rotary angles of every place in the largest grid (common/vision.py).
void add_vision_muse_spark(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_attention_heads"),
                     patch = vision.size("patch_size", max_factor), merge = vision.size("merge_size", max_factor),
                     high = vision.size("pos_emb_height"), wide = vision.size("pos_emb_width"),
                     projected = b.root.size("projector_hidden_size");
  const std::int64_t grid = std::max({64 * merge + 1, high, wide});
  TowerBuilder tower("vision_model.");
  tower.quantizable = false;
  tower.may_replicate();
  tower.tensor("positional_embedding_vlm", {{high * wide}, {width}});
  tower.linear(How::column, "conv1_linear", 3 * patch * patch * vision.size("patch_temporal", max_factor), width,
               false);
  tower.norm("ln_pre.", width);
  tower.norm("ln_post.", width);
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = vision.size("intermediate_size"),
                 .blocks = "encoder.layers.*.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .up = "c_fc",
                 .down = "c_proj",
                 .norms = {"ln_1.", "ln_2."}});
  tower.buffer("precomputed_freqs_cis", {{grid}, {grid}, {per_head(width, heads)}}, Dtype::float32);
  tower.linear(How::column, "adapter.c_fc", width * merge * merge, projected, false);
  tower.linear(How::row, "adapter.c_proj", projected, projected, false);
  tower.add_to(b.model);
  TowerBuilder projection({}, Role::projector);
  projection.quantizable = false;
  projection.stays_divided();
  projection.linear(How::row, "vision_projection", projected, b.sizes.hidden, false);
  projection.add_to(b.model);
}

// Patches of the waveform, stage by stage, each with blocks of a convolution along time and a feed-forward.
void add_audio_muse_spark(Builder& b, const ConfigReader& audio) {
  const std::vector<std::int64_t> patches = audio.integers("patch_sizes", 1, max_factor),
                                  depths = audio.integers("depths", 0, max_layers),
                                  widths = audio.integers("hidden_sizes", 1);
  const std::int64_t out = audio.size("out_hidden_size"), kernel = audio.size("conv_kernel_size", max_factor);
  TowerBuilder tower("audio_encoder.", Role::audio);
  tower.quantizable = false;
  std::int64_t in = 1;
  for (std::size_t i = 0; i < std::min({patches.size(), depths.size(), widths.size(), std::size_t{64}}); ++i) {
    const std::int64_t width = widths[i], inner = inner_by_ratio(audio, width);
    tower.in_blocks("stages.*.*.", 1);
    tower.linear(How::whole, "linear", in * patches[i], width);
    tower.norm("norm.", width, false);
    tower.in_blocks("stages.*.*.", depths[i]);
    tower.convolution("conv.conv.", {{width}, {1}, {kernel}});
    tower.norm("norm.", width, false);
    tower.linear(How::whole, "linear1", width, inner);
    tower.linear(How::whole, "linear2", inner, width);
    in = width;
  }
  tower.in_blocks({}, 1);
  tower.norm("norm.", in, false);
  tower.linear(How::whole, "o_proj", in, out);
  tower.norm("dual_norm.", out, false);
  tower.add_to(b.model);
}

// The gate of the heads' outputs is one linear with the projections, which no rank repeats.
void add_attention_muse_spark(Builder& b, Layer& layer, bool slides, bool rotates) {
  AttentionSpec spec = b.attention();
  spec.one_linear = true;
  spec.window = slides ? b.window() : 0;
  b.add(layer, spec);
  std::vector<Dim>& dims = layer.modules.front().dims;
  dims[1].split = dims[2].split = Split::even;
  dims.insert(dims.end() - 1, {spec.heads, spec.head_dim, Split::even, "o_gate"});
  const std::size_t first = layer.modules.size();
  b.norm(layer, "pre_qkv_proj_norm.weight", b.sizes.hidden);
  if (rotates)  // a table of its own in every layer
    layer.modules.push_back(buffer(Role::attention, "rotary_emb.cos_sin_cache",
                                   {{b.sizes.max_positions}, {spec.head_dim}}, Dtype::float32));
  place_under(layer, first, "self_attn.");
}

void add_experts_muse_spark(Builder& b, Layer& layer) {
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::refused;
  moe.hidden = b.text.size("moe_hidden_size");
  moe.name = "feed_forward.", moe.gate = "router", moe.router = Dtype::float32, moe.correction = "expert_bias";
  b.add(layer, moe);
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(replicated(Role::experts, "pooler", b.sizes.hidden, {{moe.hidden}}));
  layer.modules.push_back(replicated(Role::experts, "unpooler", moe.hidden, {{b.sizes.hidden}}));
  for (Module* module : {&layer.modules[first], &layer.modules[first + 1]}) module->quantizable = false;
  b.norm(layer, "pre_expert_norm.weight", moe.hidden);
  b.norm(layer, "post_expert_norm.weight", moe.hidden);
  place_under(layer, first, moe.name);
}

void describe_muse_spark(Builder& b) {
  if (!b.quant_method().empty()) b.inexact("Quantized checkpoints of Muse Spark were not compared.");
  const std::vector<double> bases = b.text.numbers("layer_rope_theta");
  const std::vector<bool> sparse = b.sparse_by_type();
  b.embeddings("tll");
  const auto kind_of = [&](std::int64_t i) {
    return (b.slides(i) ? 1 : 0) | (entry(sparse, i, true) ? 2 : 0) | (entry(bases, i, 0.0) > 0 ? 4 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    add_attention_muse_spark(b, layer, kind & 1, kind & 4);
    MlpSpec mlp = b.mlp();
    mlp.name = "feed_forward.";
    if (kind & 2) add_experts_muse_spark(b, layer);
    else b.add(layer, mlp);
    b.norms(layer, {"pre_ffn_norm.weight", "post_ffn_norm.weight", "add_attn.gate", "add_ffn.gate"});
  });
}

void wrap_muse_spark(Builder& b) {
  b.model.multimodal = true;
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_vision_muse_spark(b, vision); });
  with_tower(b, "audio_config", [&](const ConfigReader& audio) { add_audio_muse_spark(b, audio); });
}

}  // namespace

extern const Family muse_spark{
    .id = "muse_spark",
    .architectures = "MuseSparkForConditionalGeneration",
    .model_types = "muse_spark muse_spark_text",
    .source = "vllm/models/muse_spark/nvidia/model.py, vllm/models/muse_spark/common/",
    .describe = describe_muse_spark,
    .wrap = wrap_muse_spark,
};

}  // namespace vram_gauge::families
