#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_arctic(Builder& b) {
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.router_quantizable = true;
  moe.name = "block_sparse_moe.";
  MlpSpec dense = b.mlp();
  dense.name = "block_sparse_moe.mlp.", dense.up = "w13", dense.down = "w2";
  MlpSpec residual = dense;
  residual.inner = b.sizes.hidden, residual.name = "residual_mlp.";
  const std::int64_t period = b.text.positive("moe_layer_frequency", 2);
  b.embeddings("aaa");
  const auto kind_of = [&](std::int64_t i) { return ((i + 1) % period == 0 ? 1 : 0) | (b.slides(i) ? 2 : 0); };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    attention.window = kind & 2 ? b.window() : 0;
    b.add(layer, attention);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
    if (kind & 1) b.add_plain_experts(layer, moe);
    else b.add(layer, dense);
    if (!(kind & 1) || !b.text.flag("use_residual")) return;
    b.norms(layer, {"residual_layernorm.weight"});
    const std::size_t first = layer.modules.size();
    b.add(layer, residual);
    for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].quantizable = false;
  });
}

extern const Family arctic{
    .id = "arctic",
    .architectures = "ArcticForCausalLM",
    .model_types = "arctic",
    .source = "vllm/model_executor/models/arctic.py",
    .describe = describe_arctic,
};

}  // namespace vram_gauge::families
