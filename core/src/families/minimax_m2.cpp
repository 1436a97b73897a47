#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.qkv_bias = b.text.flag("attention_bias");
  attention.qk_norm = QkNorm::sharded;
  const std::int64_t longest = std::max(b.sizes.max_positions, b.text.integer("max_model_len", 0, max_tokens));
  const double rotary = static_cast<double>(b.text.integer("rotary_dim", attention.head_dim));
  attention.rope = b.rope({.partial = rotary / static_cast<double>(std::max<std::int64_t>(1, attention.head_dim)),
                           .max_positions = longest});
  MoeSpec moe = b.moe();
  moe.name = "block_sparse_moe.";
  moe.gate_name = "w1";
  moe.router = Dtype::float32;
  if (b.text.flag("use_routing_bias")) moe.correction = "e_score_correction_bias";
  b.embeddings("fll");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, moe);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family minimax_m2{
    .id = "minimax_m2",
    .architectures = "MiniMaxM2ForCausalLM",
    .model_types = "minimax_m2 minimax",
    .source = "vllm/model_executor/models/minimax_m2.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
