#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_hy_v3(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  // Up to 0.25 vLLM reads the file with its own class, whose defaults qk_norm true and one dense layer are.
  if (b.text.flag("qk_norm", !b.since(33))) spec.attention.qk_norm = QkNorm::head;
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::none_redundant;
  spec.moe.rank_needs_expert = true;
  spec.moe.inner = b.sizes.expert_inner = b.text.integer("expert_hidden_dim", spec.moe.inner);
  spec.moe.router = Dtype::float32;
  spec.moe.correction = "expert_bias";
  spec.moe.correction_dtype = b.since(26) ? Dtype::float32 : Dtype::model;
  spec.moe.shared = "shared_mlp.";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("num_shared_experts", 0);
  spec.sparse = b.from_layer("first_k_dense_replace", 1);
  spec.outside.placement = "aaa";
  b.add(spec);
  b.predictors(spec, true);
}

extern const Family hy_v3{
    .id = "hy_v3",
    .architectures = "HYV3ForCausalLM",
    .model_types = "hy_v3",
    .source = "vllm/model_executor/models/hy_v3.py",
    .describe = describe_hy_v3,
};

}  // namespace vram_gauge::families
