#include "families/family.hpp"

namespace vram_gauge::families {

// Experts as two plain parameters, split by width whatever the engine says of expert parallelism.
static void add_experts_minicpm(Builder& b, Layer& layer, std::int64_t experts) {
  const std::int64_t hidden = b.sizes.hidden, inner = b.sizes.inner;
  Module gate = replicated(Role::experts, "gate", hidden, {{experts}});
  gate.quantizable = false;
  Module up = tensor(Role::experts, "ws", {{experts}, {inner, 2, Split::even}, {hidden}});
  Module down = tensor(Role::experts, "w2s", {{experts}, {hidden}, {inner, 1, Split::even}});
  for (Module* module : {&gate, &up, &down}) {
    module->parent = "mlp.";
    module->top_k = module == &gate ? 0 : b.text.integer("num_experts_per_tok", 2);
    layer.modules.push_back(std::move(*module));
  }
}

static void describe_minicpm(Builder& b) {
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.rope = b.rope();
  const std::int64_t experts = b.text.integer("num_experts", 0);
  b.embeddings("aaa");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    if (experts > 0) add_experts_minicpm(b, layer, experts);
    else b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family minicpm{
    .id = "minicpm",
    .architectures = "MiniCPMForCausalLM",
    .model_types = "minicpm",
    .source = "vllm/model_executor/models/minicpm.py",
    .describe = describe_minicpm,
};

}  // namespace vram_gauge::families
