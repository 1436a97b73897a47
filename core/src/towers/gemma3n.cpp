#include "towers/gemma3n.hpp"

namespace vram_gauge {
namespace {

// A universal inverted residual block: up by `ratio`, and down to `out`, with depthwise kernels before and between.
struct Inverted {
  std::int64_t in = 0, out = 0, ratio = 1;
  std::int64_t first_kernel = 0, middle_kernel = 0;  // 0 = none
};

// Attention of many queries to one head of keys and values.
struct Attention {
  std::int64_t width = 0, heads = 0, head_dim = 0;
  bool downsampled = false;  // keys and values of a coarser grid
};

void add_convolution(TowerBuilder& tower, std::string_view path, std::string_view norm, std::int64_t out,
                     std::int64_t in, std::int64_t kernel) {
  tower.convolution(path, {{out}, {in}, {kernel}, {kernel}}, false);
  tower.norm(norm, out, false);
}

void add(TowerBuilder& tower, const Inverted& block) {
  const std::int64_t middle = block.in * block.ratio;
  if (block.first_kernel) add_convolution(tower, "dw_start.conv.", "dw_start.bn.", block.in, 1, block.first_kernel);
  add_convolution(tower, "pw_exp.conv.", "pw_exp.bn.", middle, block.in, 1);
  if (block.middle_kernel) add_convolution(tower, "dw_mid.conv.", "dw_mid.bn.", middle, 1, block.middle_kernel);
  add_convolution(tower, "pw_proj.conv.", "pw_proj.bn.", block.out, middle, 1);
}

void add_scaled(TowerBuilder& tower, const Inverted& block) {
  add(tower, block);
  tower.tensor("layer_scale.gamma", {{block.out}});
}

void add(TowerBuilder& tower, const Attention& block) {
  const std::int64_t width = block.width, wide = block.heads * block.head_dim;
  tower.norm("norm.", width, false);
  tower.convolution("attn.query.proj.", {{wide}, {width}, {1}, {1}}, false);
  if (block.downsampled) {
    add_convolution(tower, "attn.key.down_conv.", "attn.key.norm.", width, 1, 3);
    add_convolution(tower, "attn.value.down_conv.", "attn.value.norm.", width, 1, 3);
  }
  tower.convolution("attn.key.proj.", {{block.head_dim}, {width}, {1}, {1}}, false);
  tower.convolution("attn.value.proj.", {{block.head_dim}, {width}, {1}, {1}}, false);
  tower.convolution("attn.output.proj.", {{width}, {wide}, {1}, {1}}, false);
  tower.tensor("layer_scale.gamma", {{width}});
}

// Blocks of a stage that take turns: attention, and a residual block after it.
void add_pairs(TowerBuilder& tower, std::string_view path, std::int64_t count, const Attention& attention) {
  tower.in_blocks(path, count);
  add(tower, attention);
  add_scaled(tower, {attention.width, attention.width, 2});
}

void add_clipped(TowerBuilder& tower, std::string_view path, std::int64_t blocks) {
  tower.in_blocks(path, blocks);
  tower.buffer("gradient_clipping", {});
}

void add_feed_forward(TowerBuilder& tower, std::string_view path, std::int64_t blocks, std::int64_t width) {
  add_clipped(tower, path, blocks);
  tower.norm("pre_layer_norm.", width, false);
  tower.linear(How::whole, "ffw_layer_1", width, 4 * width, false);
  tower.linear(How::whole, "ffw_layer_2", 4 * width, width, false);
  tower.norm("post_layer_norm.", width, false);
}

}  // namespace

void add_mobilenet_v5_tower(Builder& b, std::string_view prefix) {
  TowerBuilder tower(prefix);
  tower.quantizable = false;
  tower.convolution("conv_stem.conv.", {{64}, {3}, {3}, {3}});
  tower.norm("conv_stem.bn.", 64, false);
  for (const std::int64_t in : {64, 128}) {
    tower.in_blocks("blocks.0.*.", in == 64 ? 1 : 2);
    add_convolution(tower, "conv_exp.", "bn1.", 4 * in, in, 3);
    add_convolution(tower, "conv_pwl.", "bn2.", 128, 4 * in, 1);
  }
  tower.in_blocks("blocks.1.*.", 1);
  add_scaled(tower, {128, 256, 6, 3, 5});
  for (const std::int64_t kernel : {5, 3}) {
    tower.in_blocks("blocks.1.*.", 2);
    add_scaled(tower, {256, 256, 4, kernel});
  }
  tower.in_blocks("blocks.2.*.", 1);
  add_scaled(tower, {256, 640, 6, 5, 5});
  add_scaled(tower, {640, 640, 1});
  tower.in_blocks("blocks.2.*.", 7);
  add_scaled(tower, {640, 640, 4, 5});
  add_pairs(tower, "blocks.2.*.", 14, {640, 12, 64, true});
  tower.in_blocks("blocks.3.*.", 1);
  add_scaled(tower, {640, 1280, 6, 5, 5});
  add_pairs(tower, "blocks.3.*.", 19, {1280, 16, 96});
  // The last two stages' features side by side.
  tower.in_blocks("msfa.ffn.", 1);
  add(tower, Inverted{640 + 1280, 2048, 2});
  tower.in_blocks("msfa.", 1);
  tower.norm("norm.", 2048, false);
  tower.add_to(b.model);
}

void add_gemma3n_audio_tower(Builder& b, const ConfigReader& audio) {
  const std::int64_t width = audio.size("hidden_size"), heads = audio.size("conf_num_attention_heads"),
                     blocks = audio.size("conf_num_hidden_layers", max_layers), head_dim = per_head(width, heads);
  const std::int64_t chunk = audio.integer("conf_attention_chunk_size", 12);
  const std::int64_t context =
      chunk + audio.integer("conf_attention_context_left", 13) - 1 + audio.integer("conf_attention_context_right", 0);
  std::vector<std::int64_t> channels = audio.integers("sscp_conv_channel_size", 1);
  if (channels.size() != 2) channels = {128, 32};
  TowerBuilder tower("audio_tower.", Role::audio);
  tower.quantizable = false;
  tower.in_blocks("subsample_conv_projection.", 1);
  add_convolution(tower, "conv_0.conv.", "conv_0.norm.", channels[0], 1, 3);
  add_convolution(tower, "conv_1.conv.", "conv_1.norm.", channels[1], channels[0], 3);
  tower.linear(How::whole, "input_proj_linear", channels[1] * (audio.positive("input_feat_size", 128) / 4), width,
               false);
  add_feed_forward(tower, "conformer.*.ffw_layer_start.", blocks, width);
  add_feed_forward(tower, "conformer.*.ffw_layer_end.", blocks, width);
  add_clipped(tower, "conformer.*.attention.", blocks);
  tower.norm("pre_attn_norm.", width, false);
  tower.tensor("attn.per_dim_scale", {{head_dim}});
  for (const std::string_view name :
       {"attn.relative_position_embedding.pos_proj", "attn.q_proj", "attn.k_proj", "attn.v_proj"})
    tower.linear(How::whole, name, width, width, false);
  tower.linear(How::whole, "post", width, width, false);
  tower.norm("post_norm.", width, false);
  tower.buffer("attn.q_scale", {});
  tower.buffer("attn.softcap", {}, Dtype::float32);
  tower.buffer("attn.local_causal_valid_mask", {{chunk}, {context}}, Dtype::boolean);
  tower.buffer("attn.relative_position_embedding.inv_timescales", {{1}, {1}, {width / 2}}, Dtype::float32);
  add_clipped(tower, "conformer.*.lconv1d.", blocks);
  tower.norm("pre_layer_norm.", width, false);
  tower.linear(How::whole, "linear_start", width, 2 * width, false);
  tower.convolution("depthwise_conv1d.", {{width}, {1}, {audio.size("conf_conv_kernel_size", max_factor)}}, false);
  tower.norm("conv_norm.", width, false);
  tower.linear(How::whole, "linear_end", width, width, false);
  add_clipped(tower, "conformer.*.", blocks);
  tower.norm("norm.", width, false);
  tower.add_to(b.model);
}

}  // namespace vram_gauge
