#include "families/family.hpp"

namespace vram_gauge::families {

// A number, or a list with one a layer: released checkpoints have the same in every layer.
static std::int64_t first(Builder& b, std::string_view key, std::int64_t fallback) {
  const std::vector<std::int64_t> values = b.text.integers(key, 0);
  for (const std::int64_t value : values)
    if (value != values[0]) b.inexact("Layers with different values of " + std::string(key) + " are not modelled.");
  return values.empty() ? fallback : values[0];
}

static void describe_hunyuan_moe(Builder& b) {
  const bool wrapped = b.since(29);
  if (wrapped) {
    b.served_by_transformers();
    // Transformers' class is built from head_dim; it has no other name for it, and no default.
    if (!b.text.has("head_dim")) b.inexact("Without head_dim in the file, Transformers' class does not start.");
  }
  if (!wrapped && b.text.flag("use_cla"))
    b.inexact("Layers that share another layer's keys (use_cla) are not modelled.");
  b.sizes.head_dim = b.text.positive("head_dim|attention_head_dim", b.sizes.head_dim);
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias =
      b.text.flag("attention_bias") || (!wrapped && b.text.flag("bias"));
  spec.mlp.bias = false;
  if (wrapped || b.text.flag("use_qk_norm")) spec.attention.qk_norm = QkNorm::head;
  spec.moe = b.moe();
  spec.moe.rank_needs_expert = !wrapped;
  if (!wrapped && b.since(11)) spec.moe.balancing = Balancing::done;
  if (spec.moe.experts < 2) spec.moe.experts = 0;
  spec.moe.shared = "shared_mlp.";
  if (wrapped) spec.moe.router_quantizable = true, spec.moe.gate = "gate.wg";
  const std::int64_t shared = wrapped ? 1 : first(b, "num_shared_expert", 1);
  if (wrapped || b.text.flag("use_mixed_mlp_moe")) spec.moe.shared_inner = b.sizes.inner * shared;
  spec.moe.top_k = b.sizes.top_k = first(b, "moe_topk", 1);
  spec.moe.inner = b.sizes.expert_inner = first(b, "moe_intermediate_size", b.sizes.inner);
  b.add(spec);
  // The wrapper's was compared as Transformers' own class has it: one shared expert, all experts of one width.
  const bool compared = b.since(33) && b.root.model_type() == "hunyuan_v1_moe" && shared == 1 && spec.moe.experts > 0 &&
                        spec.moe.inner == b.sizes.inner && spec.moe.shared_inner > 0;
  if (b.since(29) && !compared) b.inexact("Hunyuan's experts in the generic Transformers wrapper were not compared.");
}

extern const Family hunyuan_moe{
    .id = "hunyuan_moe",
    .architectures = "HunYuanMoEV1ForCausalLM",
    .model_types = "hunyuan_v1_moe",
    .source = "vllm/model_executor/models/hunyuan_v1.py",
    .describe = describe_hunyuan_moe,
};

}  // namespace vram_gauge::families
