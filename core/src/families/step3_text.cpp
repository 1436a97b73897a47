#include "families/step.hpp"

namespace vram_gauge::families {

// Multi-factorized attention: the queries come from one vector that all heads share, and there is one KV head.
static void add_attention_step3_text(Builder& b, Layer& layer, int rope) {
  const std::int64_t heads = b.sizes.heads, dim = b.sizes.head_dim, query = b.text.integer("share_q_dim", dim);
  const auto put = [&](Module module) {
    module.parent = "self_attn.";
    layer.modules.push_back(std::move(module));
  };
  put(replicated(
      Role::attention, "qkv_proj", b.sizes.hidden,
      {{query, 1, Split::none, "q_proj"}, {dim, 1, Split::none, "k_proj"}, {dim, 1, Split::none, "v_proj"}}));
  Module out = row(Role::attention, "o_proj", 1, b.sizes.hidden);
  out.dims.back() = {heads, dim, Split::even};
  put(std::move(out));
  put(tensor(Role::norm, "inter_norm.weight", {{query}}));
  put(column(Role::attention, "wq", query, {{heads, dim, Split::even}}));
  layer.ropes |= 1u << rope;
  layer.attention_scales = 1;
  layer.bare_attention = true;  // built without the quantization
  layer.caches.push_back({.kv_heads = {1}, .head_size = dim, .head_size_v = dim});
}

static void describe_step3_text(Builder& b) {
  b.sizes.kv_heads = 1;
  const int rope = b.rope({.max_positions = b.text.integer("max_position_embedding", 65536)});
  MoeSpec moe = b.moe();
  moe.rank_needs_expert = true;
  moe.name = "moe.";
  const MlpSpec shared{.inner = b.text.integer("share_expert_dim", 0), .name = "share_expert."};
  const std::vector<bool> sparse = step_sparse_layers(b);
  b.embeddings("tll");
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return sparse[static_cast<std::size_t>(i)] ? 1 : 0; },
      [&](Layer& layer, int kind) {
        add_attention_step3_text(b, layer, rope);
        if (kind) {
          b.add(layer, moe);
          b.add(layer, shared);
        } else {
          b.add(layer, b.mlp());
        }
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family step3_text{
    .id = "step3_text",
    .architectures = "Step3TextForCausalLM",
    .model_types = "step3_text",
    .source = "vllm/model_executor/models/step3_text.py",
    .describe = describe_step3_text,
};

}  // namespace vram_gauge::families
