#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = true;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.rope = b.rope({.max_positions = b.text.integer("model_max_length", b.sizes.max_positions, max_tokens)});
  MoeSpec moe = b.moe();
  moe.inner = b.sizes.expert_inner = b.sizes.inner;
  moe.shared_inner = moe.inner * b.text.integer("num_shared_experts", 0);
  MlpSpec mlp = b.mlp();
  mlp.inner = b.text.integer("prefix_dense_intermediate_size", mlp.inner);
  b.embeddings("aaa");
  b.mixed_layers(
      attention, [&](std::int64_t i) { return b.sparse_by_type(i); },
      [&](Layer& layer, AttentionSpec spec, bool sparse) {
        if (spec.window && b.since(29)) ++spec.window;
        b.add(layer, spec);
        sparse ? b.add(layer, moe) : b.add(layer, mlp);
        b.norms(layer, {"input_layernorm.weight"});
      });
}

extern const Family cohere2_moe{
    .id = "cohere2_moe",
    .architectures = "Cohere2MoeForCausalLM",
    .model_types = "cohere2_moe",
    .source = "vllm/model_executor/models/cohere2_moe.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
