#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_sarvam_mla(Builder& b) {
  DecoderSpec spec = b.latent_decoder_spec();
  spec.mla.absorbed = true;
  spec.mla.fused = false;
  spec.moe = b.moe();
  if (b.text.flag("moe_router_enable_expert_bias", true)) spec.moe.correction = "gate.e_score_correction_bias";
  spec.moe.shared_inner =
      b.text.integer("moe_shared_expert_intermediate_size", spec.moe.inner) * b.text.integer("num_shared_experts", 1);
  const std::int64_t first = b.text.index("first_k_dense_replace", 1);
  const std::int64_t period = b.text.positive("moe_layer_freq", 1);
  spec.sparse = b.layers_where([&](std::int64_t i) { return i >= first && (i - first) % period == 0; });
  b.add(spec);
}

extern const Family sarvam_mla{
    .id = "sarvam_mla",
    .architectures = "SarvamMLAForCausalLM",
    .model_types = "sarvam_mla",
    .source = "vllm/model_executor/models/sarvam.py",
    .describe = describe_sarvam_mla,
};

}  // namespace vram_gauge::families
