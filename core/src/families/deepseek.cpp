#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.shared_inner = moe.inner * b.text.integer("n_shared_experts", 0);
  b.embeddings("fll");
  b.mixed_layers(
      attention, [&](std::int64_t i) { return b.sparse_after_prefix(i); },
      [&](Layer& layer, const AttentionSpec& spec, bool sparse) {
        b.add(layer, spec);
        sparse ? b.add(layer, moe) : b.add(layer, b.mlp());
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family deepseek{
    .id = "deepseek",
    .architectures = "DeepseekForCausalLM",
    .model_types = "deepseek",
    .source = "vllm/model_executor/models/deepseek_v2.py:DeepseekForCausalLM",
    .describe = describe,
};

}  // namespace vram_gauge::families
