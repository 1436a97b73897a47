#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_axk1(Builder& b) {
  b.model.tied = false;  // whatever the file says
  DecoderSpec spec = b.latent_decoder_spec();
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::done;
  if (b.text.text("topk_method", "noaux_tc") == "noaux_tc") spec.moe.correction = "gate.e_score_correction_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("n_shared_experts", 0);
  spec.sparse = b.sparse_by_frequency();
  spec.norms = {"input_layernorm.weight", "post_attention_layernorm.weight", "post_mlp_layernorm.weight"};
  spec.outside.placement = "fll";
  b.add(spec);
}

extern const Family axk1{
    .id = "axk1",
    .architectures = "AXK1ForCausalLM",
    .model_types = "axk1",
    .source = "vllm/model_executor/models/AXK1.py",
    .describe = describe_axk1,
};

}  // namespace vram_gauge::families
