#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

static void add_encoder_glmasr(Builder& b, const ConfigReader& audio) {
  TowerBuilder tower("audio_tower.", Role::audio);
  const std::int64_t width = audio.size("hidden_size"), heads = audio.size("num_attention_heads"),
                     inner = audio.size("intermediate_size");
  const std::int64_t head_dim = audio.positive("head_dim", per_head(width, heads));
  const double partial = audio.object("rope_parameters")
                             .find_ratio("partial_rotary_factor")
                             .value_or(audio.ratio("partial_rotary_factor", 0.5));
  tower.convolution("conv1.", {{width}, {audio.size("num_mel_bins")}, {3}});
  tower.convolution("conv2.", {{width}, {width}, {3}});
  tower.norm("norm.", width);
  tower.buffer("rotary_emb.inv_freq", {{static_cast<std::int64_t>(static_cast<double>(head_dim) * partial) / 2}},
               Dtype::float32);
  tower.encoder({.depth = audio.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = inner,
                 .head_dim = head_dim,
                 .kv_heads = audio.positive("num_key_value_heads", heads),
                 .blocks = "layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "o_proj",
                 .norms = {"input_layernorm.", "post_attention_layernorm."}});
  tower.add_to(b.model);
  TowerBuilder projector("multi_modal_projector.", Role::projector);
  projector.linear(How::column, "linear_1", inner, 2 * b.sizes.hidden);
  projector.linear(How::row, "linear_2", 2 * b.sizes.hidden, b.sizes.hidden);
  projector.add_to(b.model);
}

static void wrap_glmasr(Builder& b) {
  nest_language_model(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) { add_encoder_glmasr(b, audio); });
}

extern const Family glmasr{
    .id = "glmasr",
    .architectures = "GlmAsrForConditionalGeneration",
    .model_types = "glmasr",
    .source = "vllm/model_executor/models/glmasr.py",
    .wrap = wrap_glmasr,
};

}  // namespace vram_gauge::families
