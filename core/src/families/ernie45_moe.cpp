#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  const std::int64_t interval = std::max<std::int64_t>(1, b.text.integer("moe_layer_interval", 1));
  const std::int64_t first = b.text.integer("moe_layer_start_index", 0);
  std::int64_t last = b.text.integer("moe_layer_end_index", b.sizes.layers - 1);
  AttentionSpec attention = b.attention();
  attention.qkv_bias = b.text.flag("use_bias");
  attention.rope = b.rope();
  MoeSpec moe = b.moe();
  moe.top_k = b.text.integer("moe_k", 1);
  moe.router = Dtype::float32;
  moe.correction = "gate.e_score_correction_bias";
  moe.shared_inner = moe.inner * b.text.integer("moe_num_shared_experts", 0);
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("use_bias");
  b.embeddings("fll");
  b.mixed_layers(
      attention, [&](std::int64_t i) { return (i + 1) % interval == 0 && i >= first && i <= last; },
      [&](Layer& layer, const AttentionSpec& spec, bool sparse) {
        b.add(layer, spec);
        sparse ? b.add(layer, moe) : b.add(layer, mlp);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family ernie45_moe{
    .id = "ernie45_moe",
    .architectures = "Ernie4_5_MoeForCausalLM",
    .model_types = "ernie4_5_moe",
    .source = "vllm/model_executor/models/ernie45_moe.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
