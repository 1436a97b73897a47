#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

// SambaY: Mamba and differential attention in turn, sliding up to the middle; two layers behind it the layers read the
// memory of the middle one's state space and the cache of the attention after it.
static void describe_phi4flash(Builder& b) {
  const std::int64_t middle = b.sizes.layers / 2, period = b.text.integer("mb_per_layer", 2, max_layers),
                     window = b.text.integer("sliding_window", 0), hidden = b.sizes.hidden;
  b.ignore_head_dim();
  b.model.tied = b.model.tensor_parallel = false;
  b.model.first_engine = true;
  Mamba1Spec mamba{.inner = 2 * hidden, .state = 16, .kernel = 4, .dt_rank = (hidden + 15) / 16};
  mamba.conv_bias = true, mamba.name = "attn.";
  MlpSpec mlp = b.mlp();
  mlp.up = "fc1", mlp.down = "fc2", mlp.bias = false;
  b.embeddings({.placement = "aaa", .norm_bias = true, .norm = "final_layernorm.weight"});
  for (Placed& placed : b.model.outside)
    placed.module.in_checkpoint &= placed.module.role != Role::lm_head;  // the embedding over again
  const auto kind_of = [&](std::int64_t i) {                             // mamba, shared, sliding
    const bool states = period > 0 && i % period == 0;
    return (states ? 1 : 0) + (i >= middle + 2 ? 2 : 0) + (!states && i < middle && window > 0 ? 4 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind == 1) add(b, layer, mamba);
    for (Module& module : layer.modules)
      if (module.name == "D") module.dtype = Dtype::float32;
    if (kind == 3) {
      layer.modules.push_back(column(Role::linear_attention, "in_proj", hidden, {{mamba.inner}}));
      layer.modules.push_back(replicated(Role::linear_attention, "out_proj", mamba.inner, {{hidden}}));
    }
    if (!(kind & 1)) {
      AttentionSpec attention = b.attention();
      attention.qkv_bias = attention.out_bias = true, attention.rope = -1;
      attention.name = "attn.", attention.qkv = "Wqkv", attention.out = "out_proj";
      attention.shares_kv = kind & 2, attention.window = kind & 4 ? window : 0;
      b.add(layer, attention);
      for (const std::string_view name : {"lambda_q1", "lambda_k1", "lambda_q2", "lambda_k2"})
        layer.modules.push_back(tensor(Role::attention, name, {{b.sizes.head_dim}}, Dtype::float32));
      b.norm(layer, "subln.weight", 2 * b.sizes.head_dim);
    }
    b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"}, true);
    for (Module& module : layer.modules) module.quantizable = false;
  });
}

extern const Family phi4flash{
    .id = "phi4flash",
    .architectures = "Phi4FlashForCausalLM",
    .model_types = "phi4flash",
    .source = "vllm/model_executor/models/phi4flash.py (0.10.2)",
    .describe = describe_phi4flash,
};

}  // namespace vram_gauge::families
