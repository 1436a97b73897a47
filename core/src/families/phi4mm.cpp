#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

// Plain linears and convolutions, whole on every rank (vllm/model_executor/models/phi4mm_audio.py:ConformerEncoder).
void add_conformer_phi4mm(Builder& b, const ConfigReader& config) {
  const std::int64_t width = config.size("attention_dim"), heads = config.size("attention_heads"),
                     inner = config.size("linear_units"), mels = config.size("input_size"),
                     channels = config.object("nemo_conv_settings").positive("conv_channels", 256),
                     kernel = config.positive("kernel_size", 3, max_factor);
  std::int64_t stages = 0, bands = mels;
  for (std::int64_t factor = config.positive("time_reduction", 4, max_factor); factor > 1; factor /= 2, ++stages)
    bands = (bands - 1) / 2 + 1;
  TowerBuilder tower("embed_tokens_extend.encoder.", Role::audio);
  tower.quantizable = false;
  tower.linear(How::whole, "embed.out", channels * bands, width);
  tower.in_blocks("embed.", stages);
  tower.convolution("conv.", {{channels}, {1}, {3}, {3}});
  tower.in_blocks("embed.", stages > 0 ? stages - 1 : 0);
  tower.convolution("conv.pointwise.", {{channels}, {channels}, {1}, {1}});
  tower.in_blocks({}, 1);
  const std::int64_t distance = config.object("relative_attention_bias_args").integer("t5_bias_max_distance", 1000);
  tower.tensor("relative_attention_bias_layer.bias_values.weight", {{2 * distance}, {heads}});
  tower.tensor("encoder_embedding.global_mean", {{mels}});
  tower.tensor("encoder_embedding.global_invstd", {{mels}});
  tower.buffer("dev_type", {});
  tower.in_blocks("encoders.*.", config.size("num_blocks", max_layers));
  for (const std::string_view name : {"self_attn.linear_q", "self_attn.linear_k", "self_attn.linear_v",
                                      "self_attn.linear_out", "conv.ext_pw_conv_1d", "conv.dw_sep_conv_1d.pw_conv"})
    tower.linear(How::whole, name, width, width);
  tower.linear(How::whole, "feed_forward_in.net.0.linear", width, 2 * inner);
  tower.linear(How::whole, "feed_forward_in.net.2", inner, width);
  tower.linear(How::whole, "feed_forward_out.net.0.linear", width, 2 * inner);
  tower.linear(How::whole, "feed_forward_out.net.2", inner, width);
  tower.linear(How::whole, "conv.glu.ext_pw_conv_1d", width, 2 * width);
  tower.tensor("conv.glu.b1", {{1}, {width}, {1}});
  tower.tensor("conv.glu.b2", {{1}, {width}, {1}});
  tower.convolution("conv.dw_sep_conv_1d.dw_conv.", {{width}, {1}, {kernel}});
  for (const std::string_view name : {"feed_forward_in.layer_norm.", "conv.layer_norm.", "feed_forward_out.layer_norm.",
                                      "layer_norm_att.", "layer_norm."})
    tower.norm(name, width);
  tower.add_to(b.model);
}

void add_projection_phi4mm(Builder& b, std::string_view prefix, std::int64_t in) {
  TowerBuilder projector(prefix, Role::projector);
  projector.quantizable = false;
  projector.linear(How::whole, "0", in, b.sizes.hidden);
  projector.linear(How::whole, "2", b.sizes.hidden, b.sizes.hidden);
  projector.add_to(b.model);
}

void wrap_phi4mm(Builder& b) {
  b.model.multimodal = true;
  // The vision encoder is the same whatever the file says (phi4mm.py:get_navit_vision_model).
  const ClipShape shape{.width = 1152, .heads = 16, .inner = 4304, .layers = 27, .patch = 14, .image = 448};
  const auto layer = b.root.object("img_processor").index("layer_idx", -2, max_layers);
  add_siglip_tower(b, shape,
                   {.prefix = "vision_encoder.img_processor.",
                    .depth = layer < 0 ? shape.layers + layer + 1 : layer + 1,
                    .post_norm = 0,
                    .quantizable = false,
                    .position_ids = false});
  TowerBuilder separators("vision_encoder.", Role::projector);
  separators.tensor("glb_GN", {{1}, {1}, {shape.width}});
  separators.tensor("sub_GN", {{1}, {1}, {1}, {shape.width}});
  separators.add_to(b.model);
  add_projection_phi4mm(b, "vision_encoder.img_projection.", shape.width);
  const ConfigReader audio = b.root.object("audio_processor").object("config"),
                     embedding = b.root.object("embd_layer").object("audio_embd_layer");
  // Other options of the class than the released model's.
  if (!audio || embedding.text("projection_cls") != "mlp" || embedding.flag("use_qformer") ||
      embedding.flag("use_conv_downsample") || !audio.flag("cnn_layer_norm") || audio.flag("batch_norm", true) ||
      !audio.flag("bias_in_glu") || audio.text("input_layer") != "nemo_conv")
    b.inexact("Phi-4-multimodal's audio encoder is modelled with the released file's options only.");
  if (!audio) return;
  add_conformer_phi4mm(b, audio);
  const std::int64_t in = audio.size("attention_dim") * embedding.positive("downsample_rate", 1, max_factor);
  add_projection_phi4mm(b, "embed_tokens_extend.audio_projection.", in);
  add_projection_phi4mm(b, "embed_tokens_extend.audio_projection_for_vision.", in);
}

}  // namespace

extern const Family phi4mm{
    .id = "phi4mm",
    .architectures = "Phi4MMForCausalLM",
    .model_types = "phi4mm",
    .source = "vllm/model_executor/models/phi4mm.py, phi4mm_audio.py",
    .wrap = wrap_phi4mm,
    .text = "LlamaForCausalLM",
};

}  // namespace vram_gauge::families
