#include "families/family.hpp"

namespace vram_gauge::families {

// Low-rank projections as MLA has them, but attention with all heads and an ordinary cache.
static void describe_minicpm3(Builder& b) {
  const ConfigReader& c = b.text;
  const std::int64_t rope = c.size("qk_rope_head_dim"), nope = c.size("qk_nope_head_dim"),
                     q_rank = c.size("q_lora_rank"), kv_rank = c.size("kv_lora_rank");
  const std::int64_t hidden = b.sizes.hidden, heads = b.sizes.heads, v = per_head(hidden, heads);
  const int table = b.rope({.head_dim = rope});
  b.embeddings("aaa");
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        const auto put = [&](Module module) {
          module.parent = "self_attn.";
          layer.modules.push_back(std::move(module));
        };
        put(replicated(Role::attention, "q_a_proj", hidden, {{q_rank}}));
        layer.modules.back().nameless = true;
        put(tensor(Role::norm, "q_a_layernorm.weight", {{q_rank}}));
        put(column(Role::attention, "q_b_proj", q_rank, {{heads, nope + rope, Split::even}}));
        put(replicated(Role::attention, "kv_a_proj_with_mqa", hidden, {{kv_rank + rope}}));
        put(tensor(Role::norm, "kv_a_layernorm.weight", {{kv_rank}}));
        put(column(Role::attention, "kv_b_proj", kv_rank, {{heads, nope + v, Split::even}}));
        Module out = row(Role::attention, "o_proj", 1, hidden);
        out.dims.back() = {heads, v, Split::even};
        put(std::move(out));
        layer.ropes = 1u << table;
        layer.attention_scales = 1;
        layer.caches.push_back(
            {.kv_heads = {heads, 1, Split::heads}, .head_size = nope + rope, .head_size_v = nope + rope});
        b.add(layer, b.mlp());
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family minicpm3{
    .id = "minicpm3",
    .architectures = "MiniCPM3ForCausalLM",
    .model_types = "minicpm3",
    .source = "vllm/model_executor/models/minicpm3.py",
    .describe = describe_minicpm3,
};

}  // namespace vram_gauge::families
