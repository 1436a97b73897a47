#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_apertus(Builder& b) {
  DecoderSpec spec = b.llama_spec();
  spec.attention.qk_norm = QkNorm::head;
  spec.mlp.gated = false;
  spec.norms = {"attention_layernorm.weight", "feedforward_layernorm.weight"};
  b.add(spec);
  for (Layer& layer : b.model.layers) {
    layer.modules.push_back(tensor(Role::mlp, "mlp.act_fn.alpha_p", {{1}}));
    layer.modules.push_back(tensor(Role::mlp, "mlp.act_fn.alpha_n", {{1}}));
    layer.modules.push_back(buffer(Role::mlp, "mlp.act_fn.beta", {{1}}));
    layer.modules.push_back(buffer(Role::mlp, "mlp.act_fn.eps", {{1}}));
  }
}

extern const Family apertus{
    .id = "apertus",
    .architectures = "ApertusForCausalLM",
    .model_types = "apertus",
    .source = "vllm/model_executor/models/apertus.py",
    .describe = describe_apertus,
};

}  // namespace vram_gauge::families
