#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_flint(Builder& b) {
  b.model.tied = false;  // whatever the file says
  // vllm/models/flint/model.py:_flint_kernels: there one GPU alone has experts of the class's own layout.
  if (b.context.capability / 10 == 10)
    b.inexact("Flint's own kernels on this GPU, and what they add, are not modelled.");
  if (!b.text.is_array("layer_types") || !b.text.flag("use_sliding_window", true)) b.slide_where({}, 0);
  AttentionSpec attention = b.attention();
  attention.qkv_bias = b.text.flag("attention_bias");
  attention.qk_norm = QkNorm::head;
  const int rope = b.rope({.dtype = Dtype::float32});
  MoeSpec moe = b.moe();
  moe.shared = "shared_expert.";
  moe.shared_inner = b.text.integer("shared_expert_intermediate_size", 0);
  const std::vector<std::int64_t> bare = b.text.integers("no_rope_layer_indices"),
                                  dense = b.text.integers("mlp_only_layers");
  b.embeddings("aaa");
  const auto kind_of = [&](std::int64_t i) {
    return (b.slides(i) ? 1 : 0) | (holds(bare, i) ? 2 : 0) | (holds(dense, i) ? 4 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    attention.window = kind & 1 ? b.window() : 0;
    attention.rope = kind & 2 ? -1 : rope;
    b.add(layer, attention);
    layer.modules.push_back(
        tensor(Role::attention, "self_attn.softmax_offset", {{attention.heads, 1, Split::even}}, Dtype::float32));
    if (kind & 4) b.add(layer, b.mlp());
    else b.add(layer, moe);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family flint{
    .id = "flint",
    .architectures = "FlintForCausalLM",
    .model_types = "flint",
    .source = "vllm/models/flint/model.py",
    .describe = describe_flint,
};

}  // namespace vram_gauge::families
