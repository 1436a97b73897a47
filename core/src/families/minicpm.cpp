#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_minicpm(Builder& b) {
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.rope = b.rope();
  const MoeSpec moe{.experts = b.text.integer("num_experts", 0),
                    .top_k = b.text.integer("num_experts_per_tok", 2),
                    .inner = b.sizes.inner,
                    .balancing = Balancing::refused};
  b.embeddings("aaa");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    if (moe.experts > 0) b.add_plain_experts(layer, moe);
    else b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family minicpm{
    .id = "minicpm",
    .architectures = "MiniCPMForCausalLM",
    .model_types = "minicpm",
    .source = "vllm/model_executor/models/minicpm.py",
    .describe = describe_minicpm,
};

}  // namespace vram_gauge::families
