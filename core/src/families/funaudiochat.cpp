#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {
namespace {

// FunAudioChatAudioEncoder: attention divided, but neither quantized; the rest whole on every rank.
void add_continuous_funaudiochat(Builder& b, const ConfigReader& audio) {
  const std::int64_t width = audio.size("d_model"), out = audio.size("output_dim");
  TowerBuilder tower("continuous_audio_tower.", Role::audio);
  tower.quantizable = false;
  tower.convolution("conv1.", {{width}, {audio.size("num_mel_bins")}, {3}});
  tower.convolution("conv2.", {{width}, {width}, {3}});
  tower.buffer("positional_embedding.positional_embedding", {{audio.size("max_source_positions")}, {width}},
               Dtype::float32);
  tower.tensor("audio_bos_eos_token.weight", {{2}, {out}});
  tower.norm("ln_post.", width);
  tower.linear(How::whole, "proj", width, out);
  tower.encoder({.depth = audio.size("encoder_layers", max_layers),
                 .width = width,
                 .heads = audio.size("encoder_attention_heads"),
                 .inner = audio.size("encoder_ffn_dim"),
                 .split_mlp = false,
                 .blocks = "layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .mlp = {},
                 .norms = {"self_attn_layer_norm.", "final_layer_norm."}});
  tower.add_to(b.model);
}

void wrap_funaudiochat(Builder& b) {
  nest_language_model(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    add_continuous_funaudiochat(b, audio);
    const std::int64_t out = audio.size("output_dim");
    TowerBuilder codes("audio_tower.", Role::audio);
    codes.quantizable = false;
    codes.tensor("embed_tokens.weight", {{audio.size("codebook_size")}, {out}});
    codes.linear(How::whole, "output_matching", out, out, false);
    codes.linear(How::whole, "continual_output_matching", out, out, false);
    codes.add_to(b.model);
  });
}

}  // namespace

extern const Family funaudiochat{
    .id = "funaudiochat",
    .architectures = "FunAudioChatForConditionalGeneration",
    .model_types = "funaudiochat",
    .source = "vllm/model_executor/models/funaudiochat.py",
    .wrap = wrap_funaudiochat,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
