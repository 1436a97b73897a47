#include "towers/gemma4.hpp"

namespace vram_gauge {
namespace {

// Most kernels of quantized weights want multiples of 64 (gemma4_mm.py:_get_tower_quant_config).
bool is_quantizable(const Builder& b, const ConfigReader& config) {
  if (!b.since(23)) return false;
  for (const std::string_view any_size : {"compressed-tensors", "bitsandbytes", "torchao"})
    if (b.quant_method() == any_size) return true;
  return config.size("hidden_size") % 64 == 0 && config.positive("intermediate_size", 64) % 64 == 0;
}

// A linear below a module of its own, with the four bounds that it may be clipped to.
void clipped(TowerBuilder& tower, const ConfigReader& config, bool by_default, std::string_view path, std::int64_t in,
             std::int64_t out) {
  Module linear = column(Role::vision, "linear", in, {{out}});
  linear.parent = path;
  tower.module(std::move(linear));
  if (config.flag("use_clipped_linears", by_default)) tower.buffer("bounds", {{4}});
}

void project(Builder& b, std::string_view prefix, std::int64_t width, bool quantizable) {
  TowerBuilder projector(prefix, Role::projector);
  projector.quantizable = quantizable;
  projector.linear(How::whole, "embedding_projection", width, b.sizes.hidden, false);
  projector.add_to(b.model);
}

void feed_forward(TowerBuilder& tower, const ConfigReader& audio, std::string_view up, std::string_view down,
                  std::int64_t width) {
  clipped(tower, audio, true, up, width, 4 * width);
  clipped(tower, audio, true, down, 4 * width, width);
  tower.norm("pre_layer_norm.", width, false);
  tower.norm("post_layer_norm.", width, false);
}

}  // namespace

void add_gemma4_vision_tower(Builder& b, const ConfigReader& vision) {
  TowerBuilder tower("vision_tower.");
  tower.quantizable = is_quantizable(b, vision);
  const std::int64_t width = vision.size("hidden_size"), inner = vision.size("intermediate_size"),
                     patch = vision.size("patch_size", max_factor);
  const std::int64_t heads = vision.size("num_attention_heads"),
                     kv_heads = vision.positive("num_key_value_heads", heads);
  const std::int64_t head_dim = vision.positive("head_dim", per_head(width, heads));
  tower.tensor("patch_embedder.position_embedding_table", {{2}, {vision.size("position_embedding_size")}, {width}});
  tower.linear(How::whole, "patch_embedder.input_proj", 3 * patch * patch, width, false);
  if (vision.flag("standardize")) {
    tower.buffer("std_bias", {{width}});
    tower.buffer("std_scale", {{width}});
  }
  // Two axes share a head's dimensions.
  tower.buffer("encoder.rotary_emb.inv_freq", {{head_dim / 4}}, Dtype::float32);
  tower.buffer("encoder.rotary_emb.original_inv_freq", {{head_dim / 4}}, Dtype::float32);
  tower.in_blocks("encoder.layers.*.", vision.size("num_hidden_layers", max_layers));
  clipped(tower, vision, false, "self_attn.q_proj.", width, heads * head_dim);
  clipped(tower, vision, false, "self_attn.k_proj.", width, kv_heads * head_dim);
  clipped(tower, vision, false, "self_attn.v_proj.", width, kv_heads * head_dim);
  clipped(tower, vision, false, "self_attn.o_proj.", heads * head_dim, width);
  tower.norm("self_attn.q_norm.", head_dim, false);
  tower.norm("self_attn.k_norm.", head_dim, false);
  clipped(tower, vision, false, "mlp.gate_proj.", width, inner);
  clipped(tower, vision, false, "mlp.up_proj.", width, inner);
  clipped(tower, vision, false, "mlp.down_proj.", inner, width);
  for (const std::string_view name :
       {"input_layernorm.", "post_attention_layernorm.", "pre_feedforward_layernorm.", "post_feedforward_layernorm."})
    tower.norm(name, width, false);
  tower.add_to(b.model);
  project(b, "embed_vision.", width, is_quantizable(b, vision));
}

void add_gemma4_audio_tower(Builder& b, const ConfigReader& audio) {
  TowerBuilder tower("audio_tower.", Role::audio);
  tower.quantizable = is_quantizable(b, audio);
  const std::int64_t width = audio.size("hidden_size"), heads = audio.size("num_attention_heads"),
                     out = audio.positive("output_proj_dims", 1536);
  std::vector<std::int64_t> channels = audio.integers("subsampling_conv_channels", 1);
  if (channels.size() != 2) channels = {128, 32};
  tower.convolution("subsample_conv_projection.layer0.conv.", {{channels[0]}, {1}, {3}, {3}}, false);
  tower.norm("subsample_conv_projection.layer0.norm.", channels[0], false);
  tower.convolution("subsample_conv_projection.layer1.conv.", {{channels[1]}, {channels[0]}, {3}, {3}}, false);
  tower.norm("subsample_conv_projection.layer1.norm.", channels[1], false);
  tower.linear(How::whole, "subsample_conv_projection.input_proj_linear", channels[0] / 4 * channels[1], width, false);
  tower.buffer("rel_pos_enc.inv_timescales", {{1}, {1}, {width / 2}});
  tower.linear(How::whole, "output_proj", width, out);
  tower.in_blocks("layers.*.", audio.size("num_hidden_layers", max_layers));
  feed_forward(tower, audio, "feed_forward1.ffw_layer_1.", "feed_forward1.ffw_layer_2.", width);
  feed_forward(tower, audio, "feed_forward2.ffw_layer_1.", "feed_forward2.ffw_layer_2.", width);
  for (const std::string_view name : {"self_attn.q_proj.", "self_attn.k_proj.", "self_attn.v_proj.", "self_attn.post."})
    clipped(tower, audio, true, name, width, width);
  tower.linear(How::whole, "self_attn.relative_k_proj", width, width, false);
  tower.tensor("self_attn.per_dim_scale", {{per_head(width, heads)}});
  tower.buffer("self_attn.softcap", {});
  clipped(tower, audio, true, "lconv1d.linear_start.", width, 2 * width);
  clipped(tower, audio, true, "lconv1d.linear_end.", width, width);
  tower.convolution("lconv1d.depthwise_conv1d.", {{width}, {1}, {audio.positive("conv_kernel_size", 5, max_factor)}},
                    false);
  for (const std::string_view name :
       {"lconv1d.pre_layer_norm.", "lconv1d.conv_norm.", "norm_pre_attn.", "norm_post_attn.", "norm_out."})
    tower.norm(name, width, false);
  tower.add_to(b.model);
  project(b, "embed_audio.", out, is_quantizable(b, audio));
}

}  // namespace vram_gauge
