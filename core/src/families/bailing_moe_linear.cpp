#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/wrappers.hpp"

namespace vram_gauge::families {

// Linear attention with a decay per head (layers/mamba/linear/bailing_linear_attn.py). As many ranks as divide the
// groups of its output's norm.
static void add_linear_attention(Builder& b, Layer& layer, int rope) {
  const std::int64_t heads = b.sizes.heads, dim = b.sizes.head_dim;
  const std::int64_t groups = b.text.positive("group_norm_size", 1);
  const bool bias = b.text.flag("use_bias");
  const Dim all{heads, dim, Split::even};
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(column(Role::linear_attention, "query_key_value", b.sizes.hidden, {all, all, all},
                                 bias || b.text.flag("use_qkv_bias")));
  if (b.text.flag("use_qk_norm"))
    for (const std::string_view name : {"query_layernorm.weight", "key_layernorm.weight"})
      layer.modules.push_back(tensor(Role::norm, name, {{dim}}));
  layer.modules.push_back(column(Role::linear_attention, "g_proj", b.sizes.hidden, {all}));
  layer.modules.push_back(row(Role::linear_attention, "dense", 1, b.sizes.hidden, bias));
  layer.modules.back().dims.back() = all;
  layer.modules.push_back(tensor(Role::norm, "g_norm.weight", {{groups, heads * dim / groups, Split::even}}));
  place_under(layer, first, "self_attn.");
  layer.ropes |= 1u << rope;
  add_state_cache(b, layer, Cache::Mixer::linear_attention, {{dim, {all}}});
}

void doubt_heads_bailing(Builder& b, const MlaSpec& mla) {
  if (b.text.model_type() == "bailing_hybrid" && b.sizes.head_dim != mla.rope_dim)
    b.inexact("Without --trust-remote-code Transformers' own class gives the linear layers another head size.");
}

static void describe_bailing_moe_linear(Builder& b) {
  b.model.tied = false;  // whatever the file says
  MlaSpec mla = b.mla();
  doubt_heads_bailing(b, mla);
  mla.rope = b.rope({.dim = mla.rope_dim, .kind = 1});
  const int rope = b.rope();
  MoeSpec moe = b.moe();
  moe.router = b.text.text("router_dtype", "fp32") == "fp32" ? Dtype::float32 : Dtype::bfloat16;
  if (b.text.flag("moe_router_enable_expert_bias")) moe.correction = "gate.expert_bias";
  moe.shared_inner =
      b.text.integer("moe_shared_expert_intermediate_size", moe.inner) * b.text.integer("num_shared_experts", 0);
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("use_bias");
  const std::int64_t group = b.text.integer("layer_group_size", 1);
  const std::vector<bool> sparse = b.from_layer("first_k_dense_replace");
  b.embeddings({.placement = "fll", .embedding = "word_embeddings"});
  const auto kind_of = [&](std::int64_t i) {
    return (group > 0 && (i + 1) % group != 0 ? 1 : 0) | (sparse[static_cast<std::size_t>(i)] ? 2 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind & 1) add_linear_attention(b, layer, rope);
    else b.add(layer, mla);
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
  b.model.mtp_embeds = false;
  b.predictors({.mla = mla, .moe = moe}, false);  // bailing_moe_mtp.py
}

extern const Family bailing_moe_linear{
    .id = "bailing_moe_linear",
    .architectures = "BailingMoeV2_5ForCausalLM",
    .model_types = "bailing_hybrid",
    .source = "vllm/model_executor/models/bailing_moe_linear.py",
    .describe = describe_bailing_moe_linear,
};

}  // namespace vram_gauge::families
