#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

// Dense where mlp_only_layers says so or between the sparse steps.
static bool is_sparse(const Builder& b, const std::vector<std::int64_t>& dense, std::int64_t layer) {
  if (std::find(dense.begin(), dense.end(), layer) != dense.end()) return false;
  return b.sizes.experts > 0 && (layer + 1) % std::max<std::int64_t>(1, b.text.integer("decoder_sparse_step", 1)) == 0;
}

static void describe(Builder& b) {
  const bool second = b.context.architecture == "Qwen2MoeForCausalLM" || b.model.model_type == "qwen2_moe";
  AttentionSpec attention = b.attention();
  if (second) attention.head_dim = b.sizes.heads ? b.sizes.hidden / b.sizes.heads : 0;
  attention.qkv_bias = second ? b.text.flag("qkv_bias", true) : b.text.flag("attention_bias");
  attention.qk_norm = second ? QkNorm::none : QkNorm::head;
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.shared_inner = b.text.integer("shared_expert_intermediate_size", 0);
  moe.shared_gate = moe.shared_inner > 0;
  moe.shared = "shared_expert.";
  const std::vector<std::int64_t> dense = b.text.integers("mlp_only_layers");
  b.embeddings("aaa");
  b.mixed_layers(
      attention, [&](std::int64_t i) { return is_sparse(b, dense, i); },
      [&](Layer& layer, const AttentionSpec& spec, bool sparse) {
        b.add(layer, spec);
        sparse ? b.add(layer, moe) : b.add(layer, b.mlp());
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family qwen_moe{
    .id = "qwen_moe",
    .architectures = "Qwen2MoeForCausalLM Qwen3MoeForCausalLM",
    .model_types = "qwen2_moe qwen3_moe qwen3_vl_moe_text qwen3_omni_moe_text",
    .source = "vllm/model_executor/models/qwen2_moe.py, qwen3_moe.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
