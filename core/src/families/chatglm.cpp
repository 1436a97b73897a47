#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_chatglm(Builder& b) {
  b.ignore_head_dim();
  b.sizes.vocab = b.text.size("padded_vocab_size");
  if (b.text.flag("multi_query_attention")) b.sizes.kv_heads = b.text.size("multi_query_group_num");
  else b.sizes.kv_heads = b.sizes.heads;
  b.model.layer_prefix = "transformer.encoder.layers.";
  b.model.prefix = "transformer.";
  b.model.tied = b.text.flag("tie_word_embeddings");
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  const bool bias = b.text.flag("add_bias_linear");
  spec.attention.qkv_bias = bias || b.text.flag("add_qkv_bias");
  spec.attention.out_bias = spec.mlp.bias = bias;
  spec.attention.rope = b.rope({.partial = 0.5, .max_positions = b.text.integer("seq_length", 8192, max_tokens)});
  spec.attention.name = "self_attention.", spec.attention.qkv = "query_key_value", spec.attention.out = "dense";
  spec.mlp.up = "dense_h_to_4h", spec.mlp.down = "dense_4h_to_h", spec.mlp.inner = b.text.size("ffn_hidden_size");
  spec.norm_bias = !b.text.flag("rmsnorm", true);
  spec.outside = {.placement = b.text.flag("post_layer_norm", true) ? "aaa" : "a-a",
                  .embedding = "embedding",
                  .norm = "encoder.final_layernorm.weight",
                  .head = "transformer.output_layer"};
  b.add(spec);
}

extern const Family chatglm{
    .id = "chatglm",
    .architectures = "ChatGLMModel ChatGLMForConditionalGeneration",
    .model_types = "chatglm",
    .source = "vllm/model_executor/models/chatglm.py",
    .describe = describe_chatglm,
};

}  // namespace vram_gauge::families
