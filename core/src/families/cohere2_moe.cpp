#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_cohere2_moe(Builder& b) {
  b.model.tied = true;  // whatever the file says
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  spec.attention.rope = b.rope({.max_positions = b.text.integer("model_max_length", 0, max_tokens)});
  if (b.since(29) && b.window() > 0) spec.attention.extra_window = 1;  // attends to its window and itself
  spec.moe = b.moe();
  spec.moe.rank_needs_expert = true;
  spec.moe.inner = b.sizes.expert_inner = b.sizes.inner;
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("num_shared_experts", 0);
  spec.mlp.inner = b.text.integer("prefix_dense_intermediate_size", b.sizes.inner);
  spec.sparse = b.sparse_by_type();
  spec.norms = {"input_layernorm.weight"};
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family cohere2_moe{
    .id = "cohere2_moe",
    .architectures = "Cohere2MoeForCausalLM",
    .model_types = "cohere2_moe",
    .source = "vllm/model_executor/models/cohere2_moe.py",
    .describe = describe_cohere2_moe,
};

}  // namespace vram_gauge::families
