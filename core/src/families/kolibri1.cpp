#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_kolibri1(Builder& b) {
  b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = false;
  spec.attention.qk_norm = QkNorm::head;
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::done;
  spec.moe.correction = "gate.e_score_correction_bias";
  spec.moe.shared_inner = b.text.integer("shared_expert_intermediate_size", 0);
  spec.norms = {"input_layernorm.weight", "post_attention_layernorm.weight", "post_self_attn_layernorm.weight",
                "post_mlp_layernorm.weight"};
  b.add(spec);
}

extern const Family kolibri1{
    .id = "kolibri1",
    .architectures = "Kolibri1ForCausalLM",
    .model_types = "kolibri1",
    .source = "vllm/model_executor/models/transformers/moe.py",
    .describe = describe_kolibri1,
};

}  // namespace vram_gauge::families
