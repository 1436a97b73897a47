#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_bamba(Builder& b) {
  b.model.tied = false;  // whatever the file says
  b.ignore_head_dim();
  const Mamba2Spec mamba = mamba2_spec(b, b.text.size("mamba_expand", max_factor) * b.sizes.hidden);
  AttentionSpec attention = b.attention();
  attention.name = "";
  attention.rope = b.rope({.dim = b.text.integer("attn_rotary_emb", b.sizes.head_dim)});
  MlpSpec mlp = b.mlp();
  mlp.name = "feed_forward.";
  const std::vector<std::int64_t> attends = b.text.integers("attn_layer_indices");
  b.sizes.mamba_chunk = b.text.integer("mamba_chunk_size", 0);
  b.embeddings({.placement = "aaa", .norm = "final_layernorm.weight"});
  b.model.outside.back().module.quantizable = false;  // the head
  const auto kind_of = [&](std::int64_t i) { return holds(attends, i); };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind) b.add(layer, attention), layer.bare_attention = true;
    else add(b, layer, mamba);
    b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "pre_ff_layernorm.weight"});
  });
}

extern const Family bamba{
    .id = "bamba",
    .architectures = "BambaForCausalLM",
    .model_types = "bamba",
    .source = "vllm/model_executor/models/bamba.py",
    .describe = describe_bamba,
};

}  // namespace vram_gauge::families
