#include "towers/audio.hpp"

namespace vram_gauge {
namespace {

// By its own config's keys, which others rename.
WhisperShape whisper_shape(const ConfigReader& audio) {
  return {audio.size("d_model|hidden_size"),
          audio.size("encoder_attention_heads|num_attention_heads"),
          audio.size("encoder_ffn_dim|intermediate_size"),
          audio.size("encoder_layers|num_hidden_layers", max_layers),
          audio.size("num_mel_bins"),
          audio.size("max_source_positions")};
}

Encoder whisper_blocks(const WhisperShape& shape) {
  return {.depth = shape.layers,
          .width = shape.width,
          .heads = shape.heads,
          .inner = shape.inner,
          .blocks = "layers.*.",
          .attention = "self_attn.",
          .qkv = "qkv_proj",
          .out = "out_proj",
          .norms = {"self_attn_layer_norm.", "final_layer_norm."}};
}

// As a Transformers module.
Encoder whole_blocks(const WhisperShape& shape) {
  Encoder blocks = whisper_blocks(shape);
  blocks.separate_qkv = true;
  blocks.key_bias = blocks.split_attention = blocks.split_mlp = false;
  blocks.mlp = {};
  return blocks;
}

void add_convolutions(TowerBuilder& tower, const WhisperShape& shape) {
  tower.convolution("conv1.", {{shape.width}, {shape.mels}, {3}});
  tower.convolution("conv2.", {{shape.width}, {shape.width}, {3}});
}

}  // namespace

void add_whisper_tower(Builder& b, const WhisperShape& shape, const WhisperSpec& spec) {
  TowerBuilder tower(spec.prefix, Role::audio);
  tower.quantizable = spec.native;
  add_convolutions(tower, shape);
  tower.tensor("embed_positions.weight", {{shape.positions}, {shape.width}}, spec.positions);
  tower.norm("layer_norm.", shape.width);
  if (spec.staged) tower.spread_over_stages();
  tower.encoder(spec.native ? whisper_blocks(shape) : whole_blocks(shape));
  tower.add_to(b.model);
}

void doubt_staged_encoder(Builder& b) {
  if (!b.since(33))
    b.model.pipeline_doubt = "How the audio encoder's layers are spread over pipeline stages is not modelled.";
}

std::int64_t add_whisper_tower(Builder& b, const ConfigReader& audio, const WhisperSpec& spec) {
  const WhisperShape shape = whisper_shape(audio);
  add_whisper_tower(b, shape, spec);
  return shape.width;
}

void add_qwen2_5_omni_audio_tower(Builder& b, const ConfigReader& audio) {
  const WhisperShape shape = whisper_shape(audio);
  const std::int64_t out = audio.size("output_dim");
  TowerBuilder tower("audio_tower.", Role::audio);
  tower.quantizable = false;
  add_convolutions(tower, shape);
  tower.buffer("positional_embedding.positional_embedding", {{shape.positions}, {shape.width}}, Dtype::float32);
  tower.tensor("audio_bos_eos_token.weight", {{2}, {out}});
  tower.norm("ln_post.", shape.width);
  tower.linear(How::whole, "proj", shape.width, out);
  tower.encoder(whole_blocks(shape));
  tower.add_to(b.model);
}

void add_qwen3_omni_audio_tower(Builder& b, const ConfigReader& audio) {
  const WhisperShape shape = whisper_shape(audio);
  Encoder blocks = whisper_blocks(shape);
  blocks.mlp = {};
  const std::int64_t width = blocks.width, channels = audio.size("downsample_hidden_size");
  std::int64_t bins = shape.mels;
  TowerBuilder tower("audio_tower.", Role::audio);
  tower.quantizable = false;
  tower.buffer("positional_embedding.positional_embedding", {{shape.positions}, {width}}, Dtype::float32);
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
