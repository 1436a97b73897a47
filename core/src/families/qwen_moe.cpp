#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_qwen_moe(Builder& b) {
  // Qwen3-235B-A22B-FP8 says qwen2_moe: the architecture decides.
  const bool second = b.context.architecture == "Qwen2MoeForCausalLM" ||
                      (b.model.model_type == "qwen2_moe" && b.context.architecture != "Qwen3MoeForCausalLM");
  if (second) b.ignore_head_dim();
  DecoderSpec spec = b.decoder_spec();
  spec.mlp.bias = false;
  if (second) {
    spec.attention.qkv_bias = b.text.flag("qkv_bias", true);
  } else {
    spec.attention.qk_norm = QkNorm::head;
  }
  spec.attention.out_bias = false;
  spec.moe = b.moe();
  if (!second && b.since(10, 1)) spec.moe.balancing = Balancing::done;
  spec.moe.rank_needs_expert = true;
  spec.moe.router_quantizable = !second;
  spec.moe.shared = "shared_expert.";
  spec.moe.shared_inner = b.text.integer("shared_expert_intermediate_size", 0);
  spec.moe.shared_gate = (second && b.model.model_type == "qwen2_moe") || spec.moe.shared_inner > 0;
  const std::vector<std::int64_t> dense = b.text.integers("mlp_only_layers");
  const std::int64_t step = b.text.positive("decoder_sparse_step", 1);
  spec.sparse = b.layers_where([&](std::int64_t i) { return (i + 1) % step == 0 && !holds(dense, i); });
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family qwen_moe{
    .id = "qwen_moe",
    .architectures = "Qwen2MoeForCausalLM Qwen3MoeForCausalLM",
    .model_types = "qwen2_moe qwen3_moe qwen3_vl_moe_text qwen3_omni_moe_text",
    .source = "vllm/model_executor/models/qwen2_moe.py, qwen3_moe.py",
    .describe = describe_qwen_moe,
};

}  // namespace vram_gauge::families
