#include "families/family.hpp"

namespace vram_gauge::families {

// Two stacks run in turns, each pass with attention (and a cache) of its own over the same weights.
static void describe_hrm_text(Builder& b) {
  const std::int64_t depth = b.text.size("num_layers_per_stack", max_layers),
                     high = b.text.size("H_cycles", max_layers), low = b.text.size("L_cycles", max_layers);
  b.sizes.layers = 2 * depth;
  b.sizes.kv_heads = b.sizes.heads;
  b.embeddings("a-l");
  b.outside(Stage::every, tensor(Role::other, "z_L_init", {{b.sizes.hidden}}));
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return i < depth ? 0 : 1; },
      [&](Layer& layer, int stack) {
        AttentionSpec attention = b.attention();
        attention.rope = b.rope();
        attention.qkv = "gqkv_proj";
        attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
        b.add(layer, attention);
        std::vector<Dim>& outs = layer.modules.front().dims;
        outs.insert(outs.begin(), {b.sizes.heads, b.sizes.head_dim, Split::even, "gate_proj"});
        const std::int64_t passes = stack == 0 ? high * low : high;
        layer.attention_scales = static_cast<int>(passes);
        layer.caches.resize(static_cast<std::size_t>(passes), layer.caches.front());
        MlpSpec mlp = b.mlp();
        mlp.bias = b.text.flag("mlp_bias");
        b.add(layer, mlp);
      });
}

extern const Family hrm_text{
    .id = "hrm_text",
    .architectures = "HrmTextForCausalLM",
    .model_types = "hrm_text",
    .source = "vllm/model_executor/models/hrm_text.py",
    .describe = describe_hrm_text,
};

}  // namespace vram_gauge::families
