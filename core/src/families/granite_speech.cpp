#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/qformer.hpp"

namespace vram_gauge::families {
namespace {

void feed_forward_granite_speech(TowerBuilder& tower, std::string_view norm, std::string_view up, std::string_view down,
                                 std::int64_t width, std::int64_t inner) {
  tower.norm(norm, width);
  tower.linear(How::column, up, width, inner);
  tower.linear(How::row, down, inner, width);
}

// A plain linear or convolution, whole on every rank and never quantized.
void plain(TowerBuilder& tower, std::string_view path, std::vector<Dim> dims, bool bias = true) {
  tower.convolution(path, std::move(dims), bias);
}

void add_encoder_granite_speech(Builder& b, const ConfigReader& encoder) {
  TowerBuilder tower("encoder.", Role::audio);
  const std::int64_t width = encoder.size("hidden_dim"),
                     inner = width * encoder.positive("feedforward_mult", 4, max_factor),
                     out = encoder.size("output_dim");
  const std::int64_t head_dim = encoder.size("dim_head"), attention = head_dim * encoder.size("num_heads");
  const std::int64_t wide = width * encoder.positive("conv_expansion_factor", 2, max_factor);
  plain(tower, "input_linear.", {{width}, {encoder.size("input_dim")}});
  tower.linear(How::column, "out", width, out);
  tower.linear(How::row, "out_mid", out, width);
  tower.in_blocks("layers.*.", encoder.size("num_layers", max_layers));
  feed_forward_granite_speech(tower, "ff1.pre_norm.", "ff1.up_proj", "ff1.down_proj", width, inner);
  feed_forward_granite_speech(tower, "ff2.pre_norm.", "ff2.up_proj", "ff2.down_proj", width, inner);
  tower.norm("attn.pre_norm.", width);
  plain(tower, "attn.to_q.", {{attention}, {width}}, false);
  plain(tower, "attn.to_kv.", {{2 * attention}, {width}}, false);
  plain(tower, "attn.to_out.", {{width}, {attention}});
  tower.tensor("attn.rel_pos_emb.weight", {{2 * encoder.positive("max_pos_emb", 512) + 1}, {head_dim}});
  tower.norm("conv.norm.", width);
  plain(tower, "conv.up_conv.", {{2 * wide}, {width}, {1}});
  plain(tower, "conv.depth_conv.conv.", {{wide}, {1}, {encoder.positive("conv_kernel_size", 15, max_factor)}}, false);
  tower.norm("conv.batch_norm.", wide);
  plain(tower, "conv.down_conv.", {{width}, {wide}, {1}});
  tower.norm("post_norm.", width);
  tower.running_statistics("conv.batch_norm.", wide);
  tower.add_to(b.model);
}

void wrap_granite_speech(Builder& b) {
  if (b.root.has("quantization_config|compression_config"))
    b.inexact("Of a quantized Granite-Speech only some of the encoder is quantized; which is not modelled.");
  nest_language_model(b);
  with_tower(b, "encoder_config", [&](const ConfigReader& encoder) { add_encoder_granite_speech(b, encoder); });
  with_tower(b, "projector_config", [&](const ConfigReader& config) {
    add_qformer(b, qformer_shape(config), "projector.qformer.");
    const std::int64_t rate = b.root.positive("downsample_rate", 5, max_factor), width = config.size("hidden_size");
    TowerBuilder projector("projector.", Role::projector);
    projector.quantizable = false;
    projector.tensor("query", {{1}, {b.root.positive("window_size", 15) / rate}, {width}});
    projector.linear(How::whole, "linear", width, b.sizes.hidden);
    projector.add_to(b.model);
  });
}

}  // namespace

extern const Family granite_speech{
    .id = "granite_speech",
    .architectures = "GraniteSpeechForConditionalGeneration GraniteSpeechPlusForConditionalGeneration",
    .model_types = "granite_speech granite_speech_plus",
    .source = "vllm/model_executor/models/granite_speech.py",
    .wrap = wrap_granite_speech,
};

}  // namespace vram_gauge::families
