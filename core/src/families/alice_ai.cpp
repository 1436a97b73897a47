#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

MoeSpec experts_alice_ai(Builder& b) {
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done;
  moe.rank_needs_expert = true;
  moe.correction = "gate.e_score_correction_bias";
  moe.shared = "shared_expert.";
  moe.shared_inner = b.text.integer("shared_expert_intermediate_size", 0);
  moe.shared_gate = true;
  return moe;
}

// What a layer adds to the residual stream is weighed against the blocks before it.
void add_residual_alice_ai(Builder& b, Layer& layer, bool first) {
  for (const std::string_view name : {"attn_res_proj.weight", "mlp_res_proj.weight"})
    if (!first || name != "attn_res_proj.weight")
      layer.modules.push_back(tensor(Role::other, name, {{1}, {b.sizes.hidden}}));
  if (!first) b.norm(layer, "attn_res_norm_weight", b.sizes.hidden);
  b.norm(layer, "mlp_res_norm_weight", b.sizes.hidden);
}

void describe_alice_ai(Builder& b) {
  if (b.text.integer("shared_expert_intermediate_size", 0) == 0)
    b.inexact("AliceAI without a shared expert is not modelled.");
  KdaSpec kda;
  kda.heads = b.text.size("linear_num_key_heads");
  kda.head_dim = b.text.size("linear_key_head_dim");
  kda.kernel = b.text.size("linear_conv_kernel_dim", max_factor);
  kda.name = "linear_attn.";
  AttentionSpec attention = b.attention();
  attention.output_gate = true;
  attention.qk_norm = QkNorm::head;
  attention.rope = b.rope();
  const std::vector<std::string_view> types = b.text.texts("layer_types");
  if (types.empty()) b.inexact("The file doesn't say which layers attend how (layer_types).");
  b.embeddings("aaa");
  b.outside(Stage::every, tensor(Role::norm, "attn_res.res_norm_weight", {{b.sizes.hidden}}));
  b.outside(Stage::every, tensor(Role::other, "attn_res.res_proj.weight", {{1}, {b.sizes.hidden}}));
  const auto kind_of = [&](std::int64_t i) { return (b.type_of(i) == LayerType::linear ? 1 : 0) | (i == 0 ? 2 : 0); };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind & 1) add(b, layer, kda);
    else b.add(layer, attention);
    b.add(layer, experts_alice_ai(b));
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
    add_residual_alice_ai(b, layer, (kind & 2) != 0);
  });
}

}  // namespace

extern const Family alice_ai{
    .id = "alice_ai",
    .architectures = "AliceAIForCausalLM",
    .model_types = "alice_ai",
    .source = "vllm/model_executor/models/alice_ai.py",
    .describe = describe_alice_ai,
};

}  // namespace vram_gauge::families
