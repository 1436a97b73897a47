#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_vaultgemma(Builder& b) {
  b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  spec.mlp.bias = false;
  spec.norms = {"input_layernorm.weight", "pre_feedforward_layernorm.weight"};
  b.add(spec);
  b.outside(Stage::first_and_tied_last, buffer(Role::embedding, "embed_tokens.embed_scale", {}));
}

extern const Family vaultgemma{
    .id = "vaultgemma",
    .architectures = "VaultGemmaForCausalLM",
    .model_types = "vaultgemma",
    .source = "vllm/model_executor/models/transformers/__init__.py",
    .describe = describe_vaultgemma,
};

}  // namespace vram_gauge::families
