#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_qwen(Builder& b) {
  b.model.layer_prefix = "transformer.h.", b.model.prefix = "transformer.";
  b.sizes.kv_heads = b.sizes.heads;
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = true, spec.attention.out_bias = spec.mlp.bias = false;
  spec.attention.name = "attn.", spec.attention.qkv = "c_attn", spec.attention.out = "c_proj";
  spec.mlp.inner = b.sizes.inner / 2, spec.mlp.down = "c_proj";  // the file counts gate and up together
  spec.norms = {"ln_1.weight", "ln_2.weight"};
  spec.outside = {.placement = "aaa", .embedding = "wte", .norm = "ln_f.weight"};
  b.add(spec);
}

extern const Family qwen{
    .id = "qwen",
    .architectures = "QWenLMHeadModel",
    .model_types = "qwen",
    .source = "vllm/model_executor/models/qwen.py",
    .describe = describe_qwen,
};

}  // namespace vram_gauge::families
