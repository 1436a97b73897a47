#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_flex_olmo(Builder& b) {
  const bool native = !b.since(29);
  if (!native) b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qk_norm = QkNorm::full;
  spec.moe = b.moe();
  spec.norms = {"post_attention_layernorm.weight", "post_feedforward_layernorm.weight"};
  if (native)
    spec.attention.qkv_bias = spec.attention.out_bias = false, spec.outside.placement = "aaa", b.model.tied = false;
  b.add(spec);
}

extern const Family flex_olmo{
    .id = "flex_olmo",
    .architectures = "FlexOlmoForCausalLM",
    .model_types = "flex_olmo",
    .source = "vllm/model_executor/models/flex_olmo.py, transformers/moe.py",
    .describe = describe_flex_olmo,
};

}  // namespace vram_gauge::families
