#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_ernie45_moe(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.mlp.bias = b.text.flag("use_bias");
  spec.attention.out_bias = false;
  spec.moe = b.moe();
  if (b.since(11, 1)) spec.moe.balancing = Balancing::done;
  spec.moe.rank_needs_expert = true;
  spec.moe.top_k = b.sizes.top_k = b.text.integer("moe_k", 1, spec.moe.experts);
  spec.moe.router = Dtype::float32;
  spec.moe.correction = "gate.e_score_correction_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("moe_num_shared_experts", 0);
  const std::int64_t step = b.text.positive("moe_layer_interval", 1);
  const std::int64_t first = b.text.index("moe_layer_start_index", 0);
  const std::int64_t last = b.text.index("moe_layer_end_index", b.sizes.layers - 1);
  spec.sparse = b.layers_where([&](std::int64_t i) { return (i + 1) % step == 0 && i >= first && i <= last; });
  spec.outside.placement = "fll";
  if (b.model.tied) b.model.pipeline = false;  // the head has no embedding to be tied to on its own stage
  b.add(spec);
  // vllm/model_executor/models/ernie_mtp.py: of Llama's dense layers
  spec.moe = {};
  spec.attention.qkv_bias = spec.mlp.bias = false;
  b.predictors(spec, false);
}

extern const Family ernie45_moe{
    .id = "ernie45_moe",
    .architectures = "Ernie4_5_MoeForCausalLM",
    .model_types = "ernie4_5_moe",
    .source = "vllm/model_executor/models/ernie45_moe.py",
    .describe = describe_ernie45_moe,
};

}  // namespace vram_gauge::families
