#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

constexpr std::string_view shared = "shared_transformer.";

Mamba2Spec mamba_zamba2(const Builder& b) {
  Mamba2Spec spec;
  spec.inner = b.text.size("mamba_expand", max_factor) * b.sizes.hidden;
  spec.heads = b.text.size("n_mamba_heads");
  spec.head_dim = per_head(spec.inner, spec.heads);
  spec.groups = b.text.size("mamba_ngroups");
  spec.state = b.text.size("mamba_d_state");
  spec.kernel = b.text.size("mamba_d_conv", max_factor);
  spec.conv_bias = b.text.flag("use_conv_bias", true);
  spec.bias = b.text.flag("add_bias_linear");
  spec.name = "mamba.";
  return spec;
}

// A low-rank addition to a shared projection, each use's own.
void adapter(Builder& b, Layer& layer, std::string_view name, std::int64_t in, std::vector<Dim> outs) {
  const std::int64_t rank = b.text.size("adapter_rank");
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(column(Role::other, "A", in, {{rank, 1, Split::even}}));
  layer.modules.push_back(column(Role::other, "B", rank, std::move(outs)));
  place_under(layer, first, name);
}

bool is_hybrid(const Builder& b, std::int64_t i) {
  const auto types = b.text.texts("layers_block_type");
  const auto at = static_cast<std::size_t>(i);
  if (!types.empty()) return at < types.size() && types[at] == "hybrid";
  // The class's own pattern (transformers/models/zamba2/configuration_zamba2.py).
  return (i % 6 == 0 && i > 0 && i < 43) || i == 47 || i == 51;
}

void describe_zamba2(Builder& b) {
  b.model.tied = true;  // whatever the file says
  const std::int64_t wide = 2 * b.sizes.hidden, blocks = b.text.positive("num_mem_blocks", 1, max_layers);
  const Dim inner{b.sizes.inner, 1, Split::even};
  AttentionSpec attention = b.attention();
  attention.kv_heads = b.sizes.kv_heads = attention.heads;
  attention.head_dim = b.sizes.head_dim = b.text.positive("attention_head_dim", per_head(wide, attention.heads));
  if (b.text.flag("use_mem_rope")) attention.rope = b.rope();
  const Dim heads{attention.heads, attention.head_dim, Split::even};
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("add_bias_linear");
  mlp.name = "feed_forward.";
  b.sizes.mamba_chunk = b.text.integer("chunk_size", 0);
  b.embeddings({.placement = "aaa", .norm = "final_layernorm.weight"});
  std::int64_t used = 0;  // the first uses of the shared blocks stand for their tensors
  const auto kind_of = [&](std::int64_t i) { return !is_hybrid(b, i) ? 0 : used++ < blocks ? 2 : 1; };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind > 0) {
      b.add(layer, attention);
      layer.modules.front().dims.back() = {wide};
      b.add(layer, mlp);
      b.norm(layer, "input_layernorm.weight", wide);
      b.norms(layer, {"pre_ff_layernorm.weight"});
      if (kind == 1) layer.modules.clear();
      if (b.text.flag("use_shared_attention_adapter"))
        for (const std::string_view name : {"self_attn.linear_q_adapter_list.*.", "self_attn.linear_k_adapter_list.*.",
                                            "self_attn.linear_v_adapter_list.*."})
          adapter(b, layer, name, wide, {heads});
      adapter(b, layer, "feed_forward.gate_up_proj_adapter_list.*.", b.sizes.hidden, {inner, inner});
      for (Module& module : layer.modules) module.grandparent = shared;
      layer.modules.push_back(replicated(Role::other, "linear", b.sizes.hidden, {{b.sizes.hidden}}));
    }
    add(b, layer, mamba_zamba2(b));
    b.norms(layer, {"input_layernorm.weight"});
  });
}

}  // namespace

extern const Family zamba2{
    .id = "zamba2",
    .architectures = "Zamba2ForCausalLM",
    .model_types = "zamba2",
    .source = "vllm/model_executor/models/zamba2.py",
    .describe = describe_zamba2,
};

}  // namespace vram_gauge::families
