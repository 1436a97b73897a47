#include "towers/audio.hpp"

namespace vram_gauge {
namespace {

// Whisper's blocks by its own config's keys, which others rename.
Encoder whisper_blocks(const ConfigReader& audio) {
  return {.depth = audio.size("encoder_layers|num_hidden_layers"),
          .width = audio.size("d_model|hidden_size"),
          .heads = audio.size("encoder_attention_heads|num_attention_heads"),
          .inner = audio.size("encoder_ffn_dim|intermediate_size"),
          .blocks = "layers.*.",
          .attention = "self_attn.",
          .qkv = "qkv_proj",
          .out = "out_proj",
          .norms = {"self_attn_layer_norm.", "final_layer_norm."}};
}

// As a Transformers module.
Encoder whole_blocks(const ConfigReader& audio) {
  Encoder blocks = whisper_blocks(audio);
  blocks.separate_qkv = true;
  blocks.key_bias = blocks.split_attention = blocks.split_mlp = false;
  blocks.mlp = {};
  return blocks;
}

void add_convolutions(TowerBuilder& tower, const ConfigReader& audio, std::int64_t width) {
  tower.convolution("conv1.", {{width}, {audio.size("num_mel_bins")}, {3}});
  tower.convolution("conv2.", {{width}, {width}, {3}});
}

}  // namespace

std::int64_t add_whisper_tower(Builder& b, const ConfigReader& audio, const WhisperSpec& spec) {
  const Encoder blocks = spec.native ? whisper_blocks(audio) : whole_blocks(audio);
  TowerBuilder tower(spec.prefix, Role::audio);
  tower.quantizable = spec.native;
  add_convolutions(tower, audio, blocks.width);
  tower.tensor("embed_positions.weight", {{audio.size("max_source_positions")}, {blocks.width}}, spec.positions);
  tower.norm("layer_norm.", blocks.width);
  tower.encoder(blocks);
  tower.add_to(b.model);
  return blocks.width;
}

void add_qwen2_5_omni_audio_tower(Builder& b, const ConfigReader& audio) {
  const Encoder blocks = whole_blocks(audio);
  const std::int64_t out = audio.size("output_dim");
  TowerBuilder tower("audio_tower.", Role::audio);
  tower.quantizable = false;
  add_convolutions(tower, audio, blocks.width);
  tower.buffer("positional_embedding.positional_embedding", {{audio.size("max_source_positions")}, {blocks.width}},
               Dtype::float32);
  tower.tensor("audio_bos_eos_token.weight", {{2}, {out}});
  tower.norm("ln_post.", blocks.width);
  tower.linear(How::whole, "proj", blocks.width, out);
  tower.encoder(blocks);
  tower.add_to(b.model);
}

void add_qwen3_omni_audio_tower(Builder& b, const ConfigReader& audio) {
  Encoder blocks = whisper_blocks(audio);
  blocks.mlp = {};
  const std::int64_t width = blocks.width, channels = audio.size("downsample_hidden_size");
  std::int64_t bins = audio.size("num_mel_bins");
  TowerBuilder tower("audio_tower.", Role::audio);
  tower.quantizable = false;
  tower.buffer("positional_embedding.positional_embedding", {{audio.size("max_source_positions")}, {width}},
               Dtype::float32);
  tower.convolution("conv2d1.", {{channels}, {1}, {3}, {3}});
  tower.convolution("conv2d2.", {{channels}, {channels}, {3}, {3}});
  tower.convolution("conv2d3.", {{channels}, {channels}, {3}, {3}});
  for (int halving = 0; halving < 3; ++halving) bins = (bins + 1) / 2;
  tower.linear(How::whole, "conv_out", channels * bins, width, false);
  tower.norm("ln_post.", width);
  tower.linear(How::whole, "proj1", width, width);
  tower.linear(How::whole, "proj2", width, audio.size("output_dim"));
  tower.encoder(blocks);
  if (b.since(33)) tower.may_replicate();
  tower.add_to(b.model);
}

}  // namespace vram_gauge
