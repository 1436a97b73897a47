#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_cwm(Builder& b) {
  if (b.since(32) || b.context.architecture == "SmolLM3ForCausalLM") b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  if (b.context.architecture == "CwmForCausalLM") spec.attention.qkv_bias = spec.attention.out_bias = false;
  if (b.context.architecture == "SeedOssForCausalLM") {
    spec.attention.out_bias = b.text.flag("attention_out_bias");
    // vllm/model_executor/models/seed_oss.py
    if (!b.since(32)) spec.attention.qkv_bias = true, spec.attention.out_bias = spec.mlp.bias = false;
  }
  b.add(spec);
}

extern const Family cwm{
    .id = "cwm",
    .architectures = "CwmForCausalLM SeedOssForCausalLM SmolLM3ForCausalLM",
    .model_types = "cwm seed_oss smollm3",
    .source = "vllm/model_executor/models/transformers/__init__.py",
    .describe = describe_cwm,
};

}  // namespace vram_gauge::families
