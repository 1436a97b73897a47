#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_telechat2(Builder& b) {
  // Llama with biases on the output and down projections only.
  b.sizes.inner = b.text.size("ffn_hidden_size|intermediate_size");
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = false, spec.attention.out_bias = true;
  b.embeddings("tll");
  b.decoder_layers(spec.attention, [&](Layer& layer, const AttentionSpec& attention) {
    b.add(layer, attention);
    b.add(layer, spec.mlp);
    layer.modules.back().bias = true;
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

extern const Family telechat2{
    .id = "telechat2",
    .architectures = "TeleChat2ForCausalLM TeleChatForCausalLM",
    .model_types = "telechat telechat2",
    .source = "vllm/model_executor/models/telechat2.py",
    .describe = describe_telechat2,
};

}  // namespace vram_gauge::families
