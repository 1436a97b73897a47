#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

Mamba2Spec mamba_granite_hybrid(const Builder& b) {
  Mamba2Spec spec = mamba2_spec(b, b.text.positive("mamba_expand", 2, max_factor) * b.sizes.hidden);
  spec.name = "mamba.";
  return spec;
}

bool is_mamba(const std::vector<std::string_view>& types, std::int64_t i) {
  return entry<std::string_view>(types, i, "mamba") == "mamba";
}

void describe_granite_hybrid(Builder& b) {
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  if (b.text.text("position_embedding_type") == "rope") attention.rope = b.rope();
  MoeSpec moe = b.moe(true);
  moe.inner = b.sizes.expert_inner = b.sizes.inner;
  moe.name = "block_sparse_moe.";
  MlpSpec shared = b.mlp();
  shared.inner = b.text.integer("shared_intermediate_size", 0);
  shared.name = "shared_mlp.", shared.up = "input_linear", shared.down = "output_linear";
  const std::vector<std::string_view> types = b.text.texts("layer_types|layers_block_type");
  b.sizes.mamba_chunk = b.text.integer("mamba_chunk_size", 0);
  b.embeddings("aaa");
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return is_mamba(types, i) ? 1 : 0; },
      [&](Layer& layer, int kind) {
        if (kind) add(b, layer, mamba_granite_hybrid(b));
        else b.add(layer, attention);
        if (moe.experts > 0) b.add(layer, moe);
        if (shared.inner > 0) b.add(layer, shared);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

}  // namespace

extern const Family granite_hybrid{
    .id = "granite_hybrid",
    .architectures = "GraniteMoeHybridForCausalLM",
    .model_types = "granitemoehybrid",
    .source = "vllm/model_executor/models/granitemoehybrid.py",
    .describe = describe_granite_hybrid,
};

}  // namespace vram_gauge::families
