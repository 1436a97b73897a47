#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_minimax_m2(Builder& b) {
  b.model.tied = false;  // whatever the file says
  b.sizes.max_positions = std::max(b.sizes.max_positions, b.text.integer("max_model_len", 0, max_tokens));
  DecoderSpec spec = b.decoder_spec();
  spec.attention.out_bias = false;
  spec.attention.qk_norm = QkNorm::sharded;
  const bool partial = b.rope_parameters().has("partial_rotary_factor") || b.text.has("partial_rotary_factor");
  spec.attention.rope = b.rope({.dim = partial ? 0 : b.text.integer("rotary_dim", 0)});
  spec.moe = b.moe();
  spec.moe.rank_needs_expert = true;
  spec.moe.name = "block_sparse_moe.";
  spec.moe.gate_name = "w1";
  spec.moe.router = Dtype::float32;
  if (b.text.flag("use_routing_bias")) spec.moe.correction = "e_score_correction_bias";
  spec.outside.placement = "fll";
  b.add(spec);
}

extern const Family minimax_m2{
    .id = "minimax_m2",
    .architectures = "MiniMaxM2ForCausalLM",
    .model_types = "minimax_m2 minimax",
    .source = "vllm/model_executor/models/minimax_m2.py",
    .describe = describe_minimax_m2,
};

}  // namespace vram_gauge::families
