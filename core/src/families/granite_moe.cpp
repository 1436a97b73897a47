#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_granite_moe(Builder& b) {
  b.ignore_head_dim();
  const bool windowed = b.context.architecture == "GraniteMoeSWAForCausalLM";
  DecoderSpec spec = b.decoder_spec();
  spec.attention.sinks = windowed && b.text.flag("attention_sinks", true);
  spec.attention.qkv_bias = spec.attention.out_bias = false;
  spec.moe = b.moe();
  spec.moe.name = "block_sparse_moe.";
  spec.moe.gate_name = "w1";
  if (windowed || b.context.architecture == "GraniteMoeSharedForCausalLM") {
    const std::int64_t inner = b.text.integer("shared_intermediate_size", 0);
    if (inner > 0) spec.beside = {.inner = inner, .name = "shared_mlp.", .up = "input_linear", .down = "output_linear"};
  }
  spec.outside.placement = "aaa";
  b.add(spec);
}

extern const Family granite_moe{
    .id = "granite_moe",
    .architectures = "GraniteMoeForCausalLM GraniteMoeSharedForCausalLM GraniteMoeSWAForCausalLM",
    .model_types = "granitemoe granitemoeshared granitemoe_swa",
    .source = "vllm/model_executor/models/granitemoe.py, granitemoeshared.py",
    .describe = describe_granite_moe,
};

}  // namespace vram_gauge::families
