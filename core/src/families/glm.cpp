#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_glm(Builder& b) {
  if (b.since(32)) b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  spec.attention.rope = b.rope({.partial = 0.5});
  spec.attention.out_bias = false;
  if (b.since(32)) spec.mlp.bias = false;
  b.add(spec);
  if (!b.since(32)) return;
  for (Layer& layer : b.model.layers)
    for (Module& module : layer.modules) module.one_piece_from = module.name == "gate_up_proj" ? 1 : 0;
}

extern const Family glm{
    .id = "glm",
    .architectures = "GlmForCausalLM",
    .model_types = "glm",
    .source = "vllm/model_executor/models/glm.py",
    .describe = describe_glm,
};

}  // namespace vram_gauge::families
