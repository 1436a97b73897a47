#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {

// vllm/model_executor/models/whisper_causal.py:WhisperCausalEncoder, with rotary positions instead of learned ones
static std::int64_t add_causal_encoder_voxtral(Builder& b, const ConfigReader& audio) {
  b.inexact("What the encoder of a realtime model keeps in the KV cache is not counted.");
  const std::int64_t width = audio.size("d_model"), heads = audio.size("encoder_attention_heads"),
                     head_dim = audio.integer("encoder_head_dim", per_head(width, heads));
  TowerBuilder tower("whisper_encoder.whisper_encoder.", Role::audio);
  tower.quantizable = false;
  tower.convolution("conv1.", {{width}, {audio.size("num_mel_bins")}, {3}});
  tower.convolution("conv2.", {{width}, {width}, {3}});
  tower.norm("layer_norm.", width, false);
  tower.buffer("layers.0.self_attn.rotary_emb.cos_sin_cache",
               {{audio.integer("downsample_factor", 4, 64) * b.sizes.max_positions}, {head_dim}});
  tower.spread_over_stages();
  tower.encoder({.depth = audio.size("encoder_layers"),
                 .width = width,
                 .heads = heads,
                 .inner = audio.size("encoder_ffn_dim"),
                 .head_dim = head_dim,
                 .mlp_bias = false,
                 .norm_bias = false,
                 .gated = true,
                 .blocks = "layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .up = "gate_up_proj",
                 .down = "down_proj",
                 .norms = {"self_attn_layer_norm.", "final_layer_norm."}});
  tower.in_blocks("layers.*.", audio.size("encoder_layers"));
  tower.tensor("mlp.down_proj.bias", {{width}});
  for (const std::string_view scale : {"_k_scale", "_v_scale", "_q_scale", "_prob_scale"})
    tower.buffer(scale, {}, Dtype::float32);
  tower.add_to(b.model);
  TowerBuilder time({}, Role::audio);
  time.on_every_stage();
  time.buffer("time_embedding.inv_freq", {{b.sizes.hidden / 2}}, Dtype::float32);
  time.add_to(b.model);
  return width;
}

static void wrap_voxtral(Builder& b) {
  nest_language_model(b);
  // vllm/model_executor/models/whisper.py:WhisperEncoder makes its layers with make_layers.
  doubt_staged_encoder(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    const std::int64_t stacked = audio.positive("downsample_factor", 4, 64);
    const bool causal = b.context.architecture != "VoxtralForConditionalGeneration";
    const std::int64_t width =
        causal ? add_causal_encoder_voxtral(b, audio)
               : add_whisper_tower(
                     b, audio,
                     {.prefix = "whisper_encoder.whisper_encoder.", .positions = Dtype::float32, .staged = true});
    if (b.since(29)) {  // a plain attribute before
      TowerBuilder filters("whisper_encoder.", Role::audio);
      filters.buffer("mel_filters", {{1 + audio.positive("window_size", 400) / 2}, {audio.size("num_mel_bins")}},
                     Dtype::float32);
      filters.add_to(b.model);
    }
    TowerBuilder adapter("audio_language_adapter.", Role::projector);
    adapter.quantizable = false;
    adapter.linear(How::whole, "w_in", width * stacked, b.sizes.hidden, false);
    adapter.linear(How::whole, "w_out", b.sizes.hidden, b.sizes.hidden, false);
    adapter.add_to(b.model);
  });
}

extern const Family voxtral{
    .id = "voxtral",
    .architectures = "VoxtralForConditionalGeneration VoxtralRealtimeGeneration VoxtralStreamingGeneration",
    .model_types = "voxtral",
    .source = "vllm/model_executor/models/voxtral.py, voxtral_realtime.py",
    .wrap = wrap_voxtral,
};

}  // namespace vram_gauge::families
