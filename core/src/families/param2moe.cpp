#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_param2moe(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = b.text.flag("use_qkv_bias");
  spec.attention.out_bias = b.text.flag("use_bias");
  spec.mlp.bias = false;
  if (b.text.flag("use_qk_norm")) spec.attention.qk_norm = QkNorm::head;
  spec.moe = b.moe();
  spec.moe.router = Dtype::float32;
  if (b.text.flag("moe_router_enable_expert_bias", true)) spec.moe.correction = "gate.e_score_correction_bias";
  // The key is the width of all shared experts together.
  const std::int64_t shared = b.text.integer("num_shared_experts", 1);
  if (shared > 0)
    spec.moe.shared_inner = b.text.integer("moe_shared_expert_intermediate_size", spec.moe.inner * shared);
  spec.sparse = b.from_layer("first_k_dense_replace", 1);
  b.add(spec);
}

extern const Family param2moe{
    .id = "param2moe",
    .architectures = "Param2MoEForCausalLM",
    .model_types = "param2moe",
    .source = "vllm/model_executor/models/param2moe.py",
    .describe = describe_param2moe,
};

}  // namespace vram_gauge::families
