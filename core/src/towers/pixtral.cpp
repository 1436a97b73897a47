#include "towers/pixtral.hpp"

namespace vram_gauge {

Encoder pixtral_blocks(const ConfigReader& vision, std::int64_t depth) {
  return {.depth = depth,
          .width = vision.size("hidden_size"),
          .heads = vision.size("num_attention_heads"),
          .inner = vision.size("intermediate_size"),
          .qkv_bias = false,
          .out_bias = false,
          .mlp_bias = false,
          .norm_bias = false,
          .gated = true,
          .blocks = "transformer.layers.*.",
          .attention = "attention.",
          .qkv = "qkv_proj",
          .out = "o_proj",
          .mlp = "feed_forward.",
          .up = "gate_up_proj",
          .down = "down_proj",
          .norms = {"attention_norm.", "ffn_norm."}};
}

void add_pixtral_tower(Builder& b, const ConfigReader& vision, std::int64_t depth, std::string_view prefix) {
  TowerBuilder tower(prefix);
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_attention_heads"),
                     patch = vision.size("patch_size", max_factor);
  const std::int64_t head_dim = vision.positive("head_dim", per_head(width, heads));
  tower.convolution("patch_conv.", {{width}, {vision.positive("num_channels", 3, max_factor)}, {patch}, {patch}},
                    false);
  tower.norm("ln_pre.", width, false);
  for (const std::string_view name :
       {"patch_positional_embedding.inv_freq", "patch_positional_embedding.original_inv_freq"})
    tower.buffer(name, {{head_dim / 2}}, Dtype::float32);
  tower.encoder(pixtral_blocks(vision, depth));
  tower.add_to(b.model);
}

}  // namespace vram_gauge
