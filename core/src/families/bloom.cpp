#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_bloom(Builder& b) {
  b.model.layer_prefix = "transformer.h.", b.model.prefix = "transformer.";
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = spec.norm_bias = true;
  spec.attention.name = "self_attention.", spec.attention.qkv = "query_key_value", spec.attention.out = "dense";
  spec.mlp.gated = false, spec.mlp.inner = 4 * b.sizes.hidden, spec.mlp.up = "dense_h_to_4h",
  spec.mlp.down = "dense_4h_to_h";
  spec.outside = {.placement = "aaa", .embedding = "word_embeddings", .norm = "ln_f.weight"};
  b.add(spec);
  b.outside(Stage::every, layer_norm("word_embeddings_layernorm.weight", b.sizes.hidden));
}

extern const Family bloom{
    .id = "bloom",
    .architectures = "BloomForCausalLM",
    .model_types = "bloom",
    .source = "vllm/model_executor/models/bloom.py",
    .describe = describe_bloom,
};

}  // namespace vram_gauge::families
