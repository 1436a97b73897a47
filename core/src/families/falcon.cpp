#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_falcon(Builder& b) {
  const ConfigReader& c = b.text;
  // Of the old remote-code files vLLM's own config class knows the 40B model by its width, ties the head and leaves the
  // length to the attention's fallback (vllm/transformers_utils/configs/falcon.py:RWConfig).
  const bool old_file = b.model.model_type.starts_with("RefinedWeb");
  if (old_file) b.model.tied = b.root.absent("tie_word_embeddings") || b.root.flag("tie_word_embeddings");
  if (b.sizes.max_positions == 0) b.sizes.max_positions = 8192;
  const bool new_architecture = c.flag("new_decoder_architecture") || (old_file && b.sizes.hidden == 8192);
  if (!new_architecture) b.sizes.kv_heads = c.flag("multi_query", true) ? 1 : b.sizes.heads;
  b.model.layer_prefix = "transformer.h.", b.model.prefix = "transformer.";
  DecoderSpec spec{.attention = b.attention(), .mlp = b.mlp()};
  const bool bias = c.flag("bias");
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = bias;
  spec.norm_bias = true;
  if (!c.flag("alibi")) spec.attention.rope = b.rope();
  spec.attention.name = "self_attention.", spec.attention.qkv = "query_key_value", spec.attention.out = "dense";
  spec.attention.model_dtype_cache = true;  // built without a cache config
  spec.mlp.gated = false, spec.mlp.up = "dense_h_to_4h", spec.mlp.down = "dense_4h_to_h";
  spec.mlp.inner = c.integer("ffn_hidden_size", 4 * b.sizes.hidden);
  if (c.integer("num_ln_in_parallel_attn", new_architecture ? 2 : 0) == 2)
    spec.norms = {"ln_attn.weight", "ln_mlp.weight"};
  else if (c.flag("parallel_attn", true)) spec.norms = {"input_layernorm.weight"};
  spec.outside = {.placement = "aaa", .embedding = "word_embeddings", .norm = "ln_f.weight"};
  b.add(spec);
}

extern const Family falcon{
    .id = "falcon",
    .architectures = "FalconForCausalLM RWForCausalLM",
    .model_types = "falcon RefinedWeb RefinedWebModel",
    .source = "vllm/model_executor/models/falcon.py",
    .describe = describe_falcon,
};

}  // namespace vram_gauge::families
