#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_exaone(Builder& b) {
  b.model.layer_prefix = "transformer.h.", b.model.prefix = "transformer.";
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = b.attention_bias();
  spec.attention.name = "attn.attention.", spec.attention.out = "out_proj";
  spec.mlp.down = "c_proj";
  spec.norms = {"ln_1.weight", "ln_2.weight"};
  spec.outside = {.embedding = "wte", .norm = "ln_f.weight"};
  b.add(spec);
}

extern const Family exaone{
    .id = "exaone",
    .architectures = "ExaoneForCausalLM",
    .model_types = "exaone",
    .source = "vllm/model_executor/models/exaone.py",
    .describe = describe_exaone,
};

}  // namespace vram_gauge::families
