#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_exaone_moe(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = b.attention_bias();
  spec.attention.qk_norm = QkNorm::head;
  spec.moe = b.moe();
  spec.moe.rank_needs_expert = true;
  spec.moe.correction = "e_score_correction_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("num_shared_experts", 0);
  spec.sparse = b.sparse_by_type();
  b.add(spec);
}

extern const Family exaone_moe{
    .id = "exaone_moe",
    .architectures = "ExaoneMoeForCausalLM ExaoneMoEForCausalLM",
    .model_types = "exaone_moe",
    .source = "vllm/model_executor/models/exaone_moe.py",
    .describe = describe_exaone_moe,
};

}  // namespace vram_gauge::families
