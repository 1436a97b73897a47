#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

// A Transformers module, whole on every rank
// (transformers/models/qwen2_audio/modeling_qwen2_audio.py:Qwen2AudioEncoder).
static void add_encoder(Builder& b, const ConfigReader& audio) {
  TowerBuilder tower("audio_tower.", Role::audio);
  tower.quantizable = false;
  const std::int64_t width = audio.size("d_model"), mels = audio.size("num_mel_bins");
  tower.convolution("conv1.", {{width}, {mels}, {3}});
  tower.convolution("conv2.", {{width}, {width}, {3}});
  tower.tensor("embed_positions.weight", {{audio.size("max_source_positions")}, {width}});
  tower.norm("layer_norm.", width);
  tower.encoder({.depth = audio.size("encoder_layers"),
                 .width = width,
                 .heads = audio.size("encoder_attention_heads"),
                 .inner = audio.size("encoder_ffn_dim"),
                 .separate_qkv = true,
                 .key_bias = false,
                 .split_attention = false,
                 .split_mlp = false,
                 .blocks = "layers.*.",
                 .attention = "self_attn.",
                 .out = "out_proj",
                 .mlp = {},
                 .norms = {"self_attn_layer_norm.", "final_layer_norm."}});
  tower.add_to(b.model);
  TowerBuilder projector("multi_modal_projector.", Role::projector);
  projector.quantizable = false;
  projector.linear(How::whole, "linear", width, b.sizes.hidden);
  projector.add_to(b.model);
}

static void wrap(Builder& b) {
  nest_language_model(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) { add_encoder(b, audio); });
}

extern const Family qwen2_audio{
    .id = "qwen2_audio",
    .architectures = "Qwen2AudioForConditionalGeneration",
    .model_types = "qwen2_audio",
    .source = "vllm/model_executor/models/qwen2_audio.py",
    .wrap = wrap,
};

}  // namespace vram_gauge::families
