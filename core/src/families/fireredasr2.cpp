#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

void add_feed_forward_fireredasr2(TowerBuilder& tower, std::string_view norm, std::string_view up,
                                  std::string_view down, std::int64_t width) {
  tower.norm(norm, width);
  tower.linear(How::whole, up, width, 4 * width);
  tower.linear(How::whole, down, 4 * width, width);
}

// vllm/model_executor/models/conformer_encoder.py:ConformerEncoder, built without a quantization
void add_conformer_fireredasr2(Builder& b, const ConfigReader& config) {
  const std::int64_t width = config.size("d_model"), heads = config.size("n_head"),
                     kernel = config.positive("kernel_size", 33, max_factor), rows = config.positive("pe_maxlen", 5000);
  const std::int64_t channels = 32, bands = ((config.size("idim") - 1) / 2 - 1) / 2;
  TowerBuilder tower("model.encoder.audio_encoder.", Role::audio);
  tower.quantizable = false;
  tower.convolution("input_preprocessor.conv.0.", {{channels}, {1}, {3}, {3}});
  tower.convolution("input_preprocessor.conv.2.", {{channels}, {channels}, {3}, {3}});
  tower.linear(How::whole, "input_preprocessor.out", channels * bands, width);
  if (b.since(33)) tower.buffer("positional_encoding.pe", {{1}, {2 * rows - 1}, {width}});
  else if (b.since(26)) b.inexact("This class was not looked at in this release.");
  tower.in_blocks("layer_stack.*.", config.size("n_layers_enc", max_layers));
  add_feed_forward_fireredasr2(tower, "ffn1.pre_layer_norm.", "ffn1.linear_expand", "ffn1.linear_project", width);
  add_feed_forward_fireredasr2(tower, "ffn2.pre_layer_norm.", "ffn2.linear_expand", "ffn2.linear_project", width);
  for (const std::string_view name : {"mhsa.w_qs", "mhsa.w_ks", "mhsa.w_vs", "mhsa.fc", "mhsa.linear_pos"})
    tower.linear(How::whole, name, width, width, false);
  for (const std::string_view name : {"mhsa.pos_bias_u", "mhsa.pos_bias_v"})
    tower.tensor(name, {{heads}, {per_head(width, heads)}});
  for (const std::string_view name :
       {"mhsa.layer_norm_q.", "mhsa.layer_norm_k.", "mhsa.layer_norm_v.", "conv.pre_layer_norm.", "layer_norm."})
    tower.norm(name, width);
  tower.convolution("conv.pointwise_conv1.", {{4 * width}, {width}, {1}}, false);
  tower.convolution("conv.depthwise_conv.", {{2 * width}, {1}, {kernel}}, false);
  tower.norm("conv.batch_norm.", 2 * width);
  tower.convolution("conv.pointwise_conv2.", {{width}, {2 * width}, {1}}, false);
  tower.add_to(b.model);
}

void wrap_fireredasr2(Builder& b) {
  b.model.prefix = "model.decoder.model.";
  b.model.layer_prefix = "model.decoder.model.layers.";
  b.model.head_prefix = "model.decoder.";
  b.model.multimodal = true;
  const ConfigReader audio = b.root.object("audio_encoder_conf");
  add_conformer_fireredasr2(b, audio);
  TowerBuilder projector("model.encoder_projector.", Role::projector);
  projector.quantizable = false;
  projector.linear(How::whole, "linear1", audio.size("d_model") * b.root.size("encoder_downsample_rate", max_factor),
                   b.sizes.hidden);
  projector.linear(How::whole, "linear2", b.sizes.hidden, b.sizes.hidden);
  projector.add_to(b.model);
}

}  // namespace

extern const Family fireredasr2{
    .id = "fireredasr2",
    .architectures = "FireRedASR2ForConditionalGeneration",
    .model_types = "fireredasr2",
    .source = "vllm/model_executor/models/fireredasr2.py, conformer_encoder.py",
    .wrap = wrap_fireredasr2,
    .text = "Qwen2ForCausalLM",
};

}  // namespace vram_gauge::families
