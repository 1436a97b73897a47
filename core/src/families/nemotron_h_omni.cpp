#include <algorithm>
#include <cmath>

#include "families/wrappers.hpp"
#include "towers/radio.hpp"

namespace vram_gauge::families {

namespace {

// A conformer of plain modules, whole on every rank and cast to the model's dtype, its table of frequencies too
// (transformers/models/parakeet/modeling_parakeet.py:ParakeetEncoder, vllm/model_executor/models/parakeet.py).
void add_blocks_parakeet(TowerBuilder& tower, const ConfigReader& sound, std::int64_t width) {
  const std::int64_t inner = sound.positive("intermediate_size", 4096),
                     kernel = sound.positive("conv_kernel_size", 9, max_factor);
  const bool bias = sound.flag("convolution_bias", true);
  tower.in_blocks("encoder.layers.*.", sound.positive("num_hidden_layers", 24, max_layers));
  for (const std::string_view name : {"feed_forward1.linear1", "feed_forward2.linear1"})
    tower.linear(How::whole, name, width, inner, false);
  for (const std::string_view name : {"feed_forward1.linear2", "feed_forward2.linear2"})
    tower.linear(How::whole, name, inner, width, false);
  for (const std::string_view name :
       {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "self_attn.relative_k_proj"})
    tower.linear(How::whole, name, width, width, false);
  tower.tensor("self_attn.bias_u", {{width}});
  tower.tensor("self_attn.bias_v", {{width}});
  tower.convolution("conv.pointwise_conv1.", {{2 * width}, {width}, {1}}, bias);
  tower.convolution("conv.depthwise_conv.", {{width}, {1}, {kernel}}, bias);
  tower.convolution("conv.pointwise_conv2.", {{width}, {width}, {1}}, bias);
  for (const std::string_view name :
       {"norm_feed_forward1.", "norm_self_att.", "norm_conv.", "norm_feed_forward2.", "norm_out.", "conv.norm."})
    tower.norm(name, width);
  tower.running_statistics("conv.norm.", width);
  tower.in_blocks({}, 1);
}

void add_sound_nemotron_h_omni(Builder& b, const ConfigReader& sound) {
  const std::int64_t width = sound.positive("hidden_size", 1024),
                     kernel = sound.positive("subsampling_conv_kernel_size", 3, max_factor),
                     stride = sound.positive("subsampling_conv_stride", 2, 64),
                     channels = sound.positive("subsampling_conv_channels", 256),
                     factor = sound.positive("subsampling_factor", 8, 4096),
                     middle = sound.size("projection_hidden_size");
  std::int64_t times = 0, bins = sound.positive("num_mel_bins", 80);
  while ((std::int64_t{2} << times) <= factor) ++times;
  for (std::int64_t i = 0; i < times; ++i) bins /= stride;
  TowerBuilder tower("sound_encoder.", Role::audio);
  tower.quantizable = false;
  tower.convolution("encoder.subsampling.layers.0.", {{channels}, {1}, {kernel}, {kernel}});
  tower.in_blocks("encoder.subsampling.layers.*.", std::max<std::int64_t>(0, times - 1));
  tower.convolution("depthwise.", {{channels}, {1}, {kernel}, {kernel}});
  tower.convolution("pointwise.", {{channels}, {channels}, {1}, {1}});
  tower.in_blocks({}, 1);
  tower.linear(How::whole, "encoder.subsampling.linear", channels * bins, width);
  tower.buffer("encoder.encode_positions.inv_freq", {{width / 2}});
  add_blocks_parakeet(tower, sound, width);
  const bool bias = sound.flag("projection_bias");
  tower.norm("projection.norm.", width, !b.since(18));
  tower.linear(How::whole, "projection.linear1", width, middle, bias);
  tower.linear(How::whole, "projection.linear2", middle, b.sizes.hidden, bias);
  tower.add_to(b.model);
}

void wrap_nemotron_h_omni(Builder& b) {
  b.model.encoded = images | videos | audio_clips;
  nest_language_model(b);
  if (const ConfigReader sound = b.root.object("sound_config"); sound && b.since(17))
    add_sound_nemotron_h_omni(b, sound);
  if (!b.since(11, 1)) b.inexact("What this release builds around RADIO was not read.");
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const std::int64_t frames = vision.positive("video_temporal_patch_size", 1, 64);
    const bool predicts = b.text.integer("num_nextn_predict_layers", 0, max_layers) > 0;
    add_radio_tower(
        b, vision.object("args"),
        {.patch = vision.positive("patch_size", 16, 4096), .frames = b.since(19) ? frames : 1, .quantizable = false});
    const std::int64_t width = b.root.positive("vit_hidden_size", 1280),
                       middle = b.root.positive("projector_hidden_size", 4096),
                       shuffle = std::llround(1 / downsample_ratio(b)), in = width * shuffle * shuffle;
    TowerBuilder projector({}, Role::projector);
    projector.quantizable = false;
    if (b.since(32) && predicts) projector.norm("vision_final_layernorm.", width);
    projector.norm("mlp1.0.", in, false);
    projector.linear(How::whole, "mlp1.1", in, middle, false);
    projector.linear(How::whole, "mlp1.3", middle, b.sizes.hidden, false);
    projector.add_to(b.model);
  });
}

}  // namespace

extern const Family nemotron_h_omni{
    .id = "nemotron_h_omni",
    .architectures =
        "NemotronH_Nano_VL_V2 NemotronH_Nano_Omni_Reasoning_V3 NemotronH_Super_Omni_Reasoning_V3 "
        "NemotronH_Omni_Reasoning_V3",
    .model_types = "nemotron_h_omni",
    .source = "vllm/model_executor/models/nano_nemotron_vl.py, radio.py, parakeet.py",
    .wrap = wrap_nemotron_h_omni,
    .text = "NemotronHForCausalLM",
};

}  // namespace vram_gauge::families
