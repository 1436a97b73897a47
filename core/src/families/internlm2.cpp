#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_internlm2(Builder& b) {
  b.ignore_head_dim();
  DecoderSpec spec = b.decoder_spec();
  spec.mlp.bias = false;
  spec.attention.qkv_bias = spec.attention.out_bias = b.text.flag("bias");
  spec.attention.name = "attention.", spec.attention.qkv = "wqkv", spec.attention.out = "wo";
  spec.mlp.name = "feed_forward.", spec.mlp.down = "w2";
  spec.norms = {"attention_norm.weight", "ffn_norm.weight"};
  spec.outside = {.placement = "aaa", .embedding = "tok_embeddings", .head = "output"};
  const bool reward = b.context.architecture == "InternLM2ForRewardModel";
  if (reward) spec.outside.placement = "aa-";
  // The same beside it for the tokens of images.
  if (b.context.architecture == "InternLM2VEForCausalLM")
    spec.attention.qkv_bias = spec.attention.out_bias = false, spec.beside = spec.mlp,
    spec.beside.name = "feed_forward_ve.";
  b.add(spec);
  if (!reward) return;
  Module value = row(Role::other, "v_head", b.sizes.hidden, 1);
  value.quantizable = false;
  value.dtype = Dtype::float32;
  b.model.pooling = true;
  b.outside(Stage::every, std::move(value));
}

extern const Family internlm2{
    .id = "internlm2",
    .architectures = "InternLM2ForCausalLM InternLM2ForRewardModel InternLM2VEForCausalLM",
    .model_types = "internlm2",
    .source = "vllm/model_executor/models/internlm2.py, internlm2_ve.py",
    .describe = describe_internlm2,
};

}  // namespace vram_gauge::families
