#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

std::vector<std::int64_t> list_vibevoice_asr(const ConfigReader& config, std::string_view key,
                                             std::vector<std::int64_t> otherwise) {
  return config.absent(key) ? std::move(otherwise) : config.integers(key, 0, max_factor);
}

// transformers/models/vibevoice_asr/modeling_vibevoice_asr.py:VibeVoiceAsrConvNext1dLayer, `count` of them
void add_stage_vibevoice_asr(TowerBuilder& tower, const ConfigReader& config, std::int64_t count, std::int64_t width) {
  const std::int64_t inner = config.positive("ffn_expansion", 4, max_factor) * width;
  tower.in_blocks("stage.*.", count);
  for (const std::string_view name : {"gamma", "ffn_gamma", "norm.weight", "ffn_norm.weight"})
    tower.tensor(name, {{width}});
  tower.linear(How::whole, "ffn.linear1", width, inner);
  tower.linear(How::whole, "ffn.linear2", inner, width);
  tower.convolution("mixer.conv.", {{width}, {1}, {config.positive("kernel_size", 7, max_factor)}});
  tower.in_blocks({}, 1);
}

// Convolutions that halve the rate and double the width, with blocks after each.
void add_tokenizer_vibevoice_asr(Builder& b, const ConfigReader& config, std::string_view prefix, std::int64_t out) {
  const std::vector<std::int64_t> depths = list_vibevoice_asr(config, "depths", {3, 3, 3, 3, 3, 3, 8}),
                                  ratios = list_vibevoice_asr(config, "downsampling_ratios", {2, 2, 4, 5, 5, 8});
  const std::int64_t kernel = config.positive("kernel_size", 7, max_factor);
  std::int64_t width = config.positive("num_filters", 32);
  TowerBuilder tower(prefix, Role::audio);
  tower.on_every_stage();
  tower.convolution("stem.conv.conv.", {{width}, {config.positive("channels", 1, max_factor)}, {kernel}});
  add_stage_vibevoice_asr(tower, config, entry(depths, 0, std::int64_t{0}), width);
  // Widths that no machine has stop growing.
  for (std::size_t i = 0; i < ratios.size(); ++i, width = std::min(2 * width, max_tokens)) {
    tower.convolution("conv_layers.*.conv.conv.", {{2 * width}, {width}, {2 * ratios[i]}});
    add_stage_vibevoice_asr(tower, config, entry(depths, static_cast<std::int64_t>(i) + 1, std::int64_t{0}), 2 * width);
  }
  tower.convolution("head.conv.", {{out}, {width}, {kernel}});
  tower.add_to(b.model);
}

void describe_vibevoice_asr(Builder& b) {
  b.served_by_transformers();
  if (b.text.model_type() != "qwen2") b.inexact("VibeVoice-ASR is modelled with a Qwen2 as its language model only.");
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = true;
  spec.attention.out_bias = false;
  b.add(spec);
}

void wrap_vibevoice_asr(Builder& b) {
  b.model.multimodal = true;
  if (!b.since(33)) b.inexact("This class was not looked at in this release.");
  b.model.prefix = "model.language_model.";
  b.model.layer_prefix = "model.language_model.layers.";
  const ConfigReader acoustic = b.root.object("acoustic_tokenizer_encoder_config"),
                     semantic = b.root.object("semantic_tokenizer_encoder_config");
  const std::int64_t acoustic_out = acoustic.positive("hidden_size", 64),
                     semantic_out = semantic.positive("hidden_size", semantic ? 64 : 128);
  add_tokenizer_vibevoice_asr(b, acoustic, "model.acoustic_tokenizer_encoder.", acoustic_out);
  add_tokenizer_vibevoice_asr(b, semantic, "model.semantic_tokenizer_encoder.", semantic_out);
  TowerBuilder projector("model.multi_modal_projector.", Role::projector);
  projector.on_every_stage();
  const auto project = [&](std::string_view first, std::string_view norm, std::string_view second, std::int64_t in) {
    projector.linear(How::whole, first, in, b.sizes.hidden);
    projector.norm(norm, b.sizes.hidden, false);
    projector.linear(How::whole, second, b.sizes.hidden, b.sizes.hidden);
  };
  project("acoustic_linear_1", "acoustic_norm.", "acoustic_linear_2", acoustic_out);
  project("semantic_linear_1", "semantic_norm.", "semantic_linear_2", semantic_out);
  projector.add_to(b.model);
}

}  // namespace

extern const Family vibevoice_asr{
    .id = "vibevoice_asr",
    .architectures = "VibeVoiceAsrForConditionalGeneration",
    .model_types = "vibevoice_asr",
    .source = "vllm/model_executor/models/transformers/multimodal.py, transformers/models/vibevoice_asr",
    .describe = describe_vibevoice_asr,
    .wrap = wrap_vibevoice_asr,
};

}  // namespace vram_gauge::families
