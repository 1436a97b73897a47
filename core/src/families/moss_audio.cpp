#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// MossAudioEncoder, by its own class's defaults (MossAudioEncoderConfig).
void add_encoder_moss_audio(Builder& b, const ConfigReader& audio) {
  const std::int64_t width = audio.positive("d_model", 1280), out = audio.positive("output_dim", 1280),
                     channels = audio.positive("downsample_hidden_size", 480);
  TowerBuilder tower("audio_encoder.", Role::audio);
  tower.convolution("conv1.", {{channels}, {1}, {3}, {3}});
  tower.convolution("conv2.", {{channels}, {channels}, {3}, {3}});
  tower.convolution("conv3.", {{channels}, {channels}, {3}, {3}});
  tower.linear(How::whole, "stem_proj", channels * ceil_div(audio.positive("num_mel_bins", 128), 8), width);
  tower.buffer("embed_positions.inv_timescales", {{width / 2}}, Dtype::float32);
  tower.norm("layer_norm.", width);
  if (out != width) tower.linear(How::whole, "out_proj", width, out, false);
  tower.encoder({.depth = audio.integer("encoder_layers", 32, max_layers),
                 .width = width,
                 .heads = audio.positive("encoder_attention_heads", 20),
                 .inner = audio.positive("encoder_ffn_dim", 5120),
                 .separate_qkv = true,
                 .key_bias = false,
                 .blocks = "layers.*.",
                 .attention = "self_attn.",
                 .out = "out_proj",
                 .mlp = {},
                 .norms = {"self_attn_layer_norm.", "final_layer_norm."}});
  tower.add_to(b.model);
}

// From the encoder to the language model, and from some of its layers to the decoder's first ones (deepstack).
void add_adapters_moss_audio(Builder& b, const ConfigReader& audio) {
  const std::int64_t in = audio.positive("output_dim", 1280), inner = b.root.positive("adapter_hidden_size", 8192);
  const std::int64_t listed = audio.absent("deepstack_encoder_layer_indexes")
                                  ? 3
                                  : static_cast<std::int64_t>(audio.integers("deepstack_encoder_layer_indexes").size());
  const std::int64_t levels = std::min(listed, b.root.integer("deepstack_num_inject_layers", listed));
  TowerBuilder adapters({}, Role::projector);
  const auto add = [&](std::string_view path, std::int64_t count) {
    adapters.in_blocks(path, count);
    adapters.module(column(Role::projector, "gate_up_proj", in,
                           {{inner, 1, Split::even, "gate_proj"}, {inner, 1, Split::even, "up_proj"}}));
    adapters.linear(How::row, "down_proj", inner, b.sizes.hidden, false);
  };
  add("audio_adapter.", 1);
  add("deepstack_audio_merger_list.*.", levels);
  adapters.add_to(b.model);
}

void wrap_moss_audio(Builder& b) {
  nest_language_model(b);
  const ConfigReader audio = b.root.object("audio_config");
  add_encoder_moss_audio(b, audio);
  add_adapters_moss_audio(b, audio);
}

}  // namespace

extern const Family moss_audio{
    .id = "moss_audio",
    .architectures = "MossAudioModel",
    .model_types = "moss_audio",
    .source = "vllm/model_executor/models/moss_audio.py",
    .wrap = wrap_moss_audio,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
