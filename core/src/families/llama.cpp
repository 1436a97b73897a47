#include "families/family.hpp"

namespace vram_gauge::families {

static void describe(Builder& b) {
  const bool bias = b.text.flag("attention_bias") || b.text.flag("bias", b.context.architecture == "InternLMForCausalLM");
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = bias;
  attention.rope = b.rope();
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("mlp_bias");
  b.embeddings("tll");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family llama{
    .id = "llama",
    .architectures = "LlamaForCausalLM LLaMAForCausalLM InternLMForCausalLM InternLM3ForCausalLM AquilaForCausalLM AquilaModel "
                     "XverseForCausalLM TeleChat3ForCausalLM",
    .model_types = "llama",
    .source = "vllm/model_executor/models/llama.py",
    .describe = describe,
};

}  // namespace vram_gauge::families
