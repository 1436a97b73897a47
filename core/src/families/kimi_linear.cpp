#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

static void add_attention_kimi_linear(Builder& b, Layer& layer, const MlaSpec& mla) {
  b.add(layer, mla);
  if (!b.since(27)) return;
  layer.modules.push_back(buffer(Role::attention, "_one_scale", {{1}}, Dtype::float32));
  layer.modules.back().parent = "self_attn.";
}

static void add_experts_kimi_linear(Builder& b, Layer& layer) {
  const std::int64_t latent = b.text.integer("routed_expert_hidden_size", 0);
  MoeSpec moe = b.moe();
  moe.name = "block_sparse_moe.";
  moe.gate_name = "w1";
  moe.hidden = latent;
  moe.correction = "gate.e_score_correction_bias";
  if (!b.since(27)) moe.correction_dtype = Dtype::model;
  if (b.since(27)) moe.least_share = b.text.integer("min_moe_intermediate_per_partition", 256);
  moe.shared_inner = moe.inner * b.text.integer("num_shared_experts", 0);
  b.add(layer, moe);
  if (latent == 0) return;
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(replicated(Role::experts, "routed_expert_down_proj", b.sizes.hidden, {{latent}}));
  if (b.text.flag("latent_moe_use_norm"))
    layer.modules.push_back(tensor(Role::norm, "routed_expert_norm.weight", {{latent}}));
  layer.modules.push_back(replicated(Role::experts, "routed_expert_up_proj", latent, {{b.sizes.hidden}}));
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].quantizable &= b.since(31);
  place_under(layer, first, moe.name);
}

// What a layer adds to the residual stream is weighed against the blocks before it.
static void add_residual(Builder& b, Layer& layer) {
  b.norms(layer, {"self_attention_res_norm.weight", "mlp_res_norm.weight"});
  for (const std::string_view name : {"self_attention_res_proj.weight", "mlp_res_proj.weight"})
    layer.modules.push_back(tensor(Role::other, name, {{1}, {b.sizes.hidden}}));
}

static void describe_kimi_linear(Builder& b) {
  b.model.tied = false;  // whatever the file says
  const ConfigReader linear = b.text.object("linear_attn_config");
  const KdaSpec kda{.heads = linear.size("num_heads"),
                    .head_dim = linear.size("head_dim"),
                    .kernel = linear.size("short_conv_kernel_size", max_factor),
                    .full_rank_gate = linear.flag("use_full_rank_gate")};
  if (kda.full_rank_gate && !b.since(33) && b.context.speculative_tokens > 0)
    b.inexact("What Kimi-K3 keeps while drafting was read for 0.33 only.");
  std::vector<bool> delta(static_cast<std::size_t>(b.sizes.layers));
  for (const std::int64_t i : linear.integers("kda_layers"))  // counted from 1
    if (i >= 1 && i <= b.sizes.layers) delta[static_cast<std::size_t>(i - 1)] = true;
  MlaSpec mla = b.mla();
  mla.rope = -1;
  mla.output_gate = b.text.flag("mla_use_output_gate");
  const std::vector<bool> sparse = b.sparse_by_frequency();
  const bool residual = b.text.has("attn_res_block_size");
  b.embeddings("fll");
  if (residual) {
    b.outside(Stage::last, tensor(Role::norm, "output_attn_res_norm.weight", {{b.sizes.hidden}}));
    b.outside(Stage::last, tensor(Role::other, "output_attn_res_proj.weight", {{1}, {b.sizes.hidden}}));
  }
  const auto kind_of = [&](std::int64_t i) {
    return (delta[static_cast<std::size_t>(i)] ? 1 : 0) | (sparse[static_cast<std::size_t>(i)] ? 2 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind & 1) add(b, layer, kda);
    else add_attention_kimi_linear(b, layer, mla);
    if (kind & 2) add_experts_kimi_linear(b, layer);
    else b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
    if (residual) add_residual(b, layer);
  });
  const std::int64_t predictors = b.text.integer("num_nextn_predict_layers", 0, max_factor);
  if (predictors == 0) return;  // vllm/models/kimi_k3/nvidia/mtp.py
  add_attention_kimi_linear(b, b.model.mtp, mla);
  add_experts_kimi_linear(b, b.model.mtp);
  b.norms(b.model.mtp, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  b.predicts_from_streams(predictors);
}

extern const Family kimi_linear{
    .id = "kimi_linear",
    .architectures = "KimiLinearForCausalLM",
    .model_types = "kimi_linear",
    .source = "vllm/models/kimi_k3/nvidia/model.py, vllm/model_executor/models/kimi_linear.py",
    .describe = describe_kimi_linear,
};

}  // namespace vram_gauge::families
