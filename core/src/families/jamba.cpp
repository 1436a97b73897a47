#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

static Mamba1Spec mamba_jamba(const Builder& b) {
  Mamba1Spec spec;
  spec.inner = b.text.size("mamba_expand", max_factor) * b.sizes.hidden;
  spec.state = b.text.size("mamba_d_state");
  spec.kernel = b.text.size("mamba_d_conv", max_factor);
  spec.dt_rank = b.text.is_text("mamba_dt_rank") || !b.text.has("mamba_dt_rank") ? (b.sizes.hidden + 15) / 16
                                                                                 : b.text.size("mamba_dt_rank");
  spec.conv_bias = b.text.flag("mamba_conv_bias", true);
  spec.bias = b.text.flag("mamba_proj_bias");
  spec.norms = true;
  spec.name = "mamba.";
  return spec;
}

static void describe_jamba(Builder& b) {
  const std::int64_t attention_period = b.text.size("attn_layer_period"),
                     attention_offset = b.text.index("attn_layer_offset", 4);
  const std::int64_t expert_period = b.text.size("expert_layer_period"),
                     expert_offset = b.text.index("expert_layer_offset", 1);
  b.model.tied = false;  // whatever the file says
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.name = {};
  MoeSpec moe = b.moe();
  moe.inner = b.sizes.expert_inner = b.sizes.inner;
  moe.name = "feed_forward.";
  moe.gate = "router";
  MlpSpec mlp = b.mlp();
  mlp.name = "feed_forward.";
  b.embeddings({.placement = "aaa", .norm = "final_layernorm.weight"});
  const auto kind_of = [&](std::int64_t i) {
    return (i % attention_period == attention_offset ? 1 : 0) +
           (moe.experts > 1 && i % expert_period == expert_offset ? 2 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind & 1) b.add(layer, attention), layer.bare_attention = true;  // built without the quantization
    else add(b, layer, mamba_jamba(b));
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "pre_ff_layernorm.weight"});
  });
}

extern const Family jamba{
    .id = "jamba",
    .architectures = "JambaForCausalLM",
    .model_types = "jamba",
    .source = "vllm/model_executor/models/jamba.py",
    .describe = describe_jamba,
};

}  // namespace vram_gauge::families
