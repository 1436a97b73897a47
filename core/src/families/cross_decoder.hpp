// What the decoders of encoder-decoder models have in common (Whisper, BART).
#pragma once

#include "families/family.hpp"

namespace vram_gauge::families {

// Sizes and names, by the keys of such configs.
inline void read_cross_decoder(Builder& b) {
  b.sizes.hidden = b.text.size("d_model");
  b.sizes.layers = b.text.size("decoder_layers", max_layers);
  b.sizes.heads = b.sizes.kv_heads = b.text.size("decoder_attention_heads");
  b.ignore_head_dim();
  b.sizes.inner = b.text.size("decoder_ffn_dim");
  b.model.prefix = "model.decoder.", b.model.layer_prefix = "model.decoder.layers.";
  b.model.encoder_decoder = true;
}

// Layers with attention of their own, then to the encoder, then a plain MLP under `mlp_name`.
inline void add_cross_decoder_layers(Builder& b, std::string_view mlp_name) {
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = true, attention.out = "out_proj";
  MlpSpec mlp = b.mlp();
  mlp.gated = false, mlp.bias = true, mlp.name = mlp_name, mlp.up = "fc1", mlp.down = "fc2";
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        b.add(layer, attention);
        b.add_cross_attention(layer, "encoder_attn.", "out_proj");
        b.add(layer, mlp);
        b.norms(layer, {"self_attn_layer_norm.weight", "encoder_attn_layer_norm.weight", "final_layer_norm.weight"},
                true);
      });
}

}  // namespace vram_gauge::families
