#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_bailing_moe(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  const bool bias = b.text.flag("use_bias");
  spec.attention.name = "attention.";
  spec.attention.qkv = "query_key_value";
  spec.attention.out = "dense";
  spec.attention.qkv_bias = bias || b.text.flag("use_qkv_bias");
  spec.attention.out_bias = spec.mlp.bias = bias;
  if (b.text.flag("use_qk_norm")) spec.attention.qk_norm = QkNorm::head;
  spec.attention.rope = b.rope({.dim = b.text.integer("rotary_dim", 0)});
  spec.moe = b.moe();
  const std::string_view router = b.text.text("router_dtype");
  if (router == "fp32") spec.moe.router = Dtype::float32;
  else if (!router.empty()) spec.moe.router = Dtype::bfloat16;
  if (b.text.flag("moe_router_enable_expert_bias")) spec.moe.correction = "gate.expert_bias";
  spec.moe.shared_inner =
      b.text.integer("moe_shared_expert_intermediate_size", spec.moe.inner) * b.text.integer("num_shared_experts", 0);
  spec.sparse = b.from_layer("first_k_dense_replace");
  spec.outside.embedding = "word_embeddings";
  b.add(spec);
  for (Layer& layer : b.model.layers) layer.bare_attention = true;  // built without the quantization
  if (b.text.flag("use_rmsnorm")) return;
  for (Layer& layer : b.model.layers)  // LayerNorm, then
    for (Module& module : layer.modules)
      if (module.name == "q_norm.weight" || module.name == "k_norm.weight") module.bias = true;
}

extern const Family bailing_moe{
    .id = "bailing_moe",
    .architectures = "BailingMoeForCausalLM BailingMoeV2ForCausalLM SarvamMoEForCausalLM",
    .model_types = "bailing_moe bailing_moe_v2 sarvam_moe",
    .source = "vllm/model_executor/models/bailing_moe.py, sarvam.py",
    .describe = describe_bailing_moe,
};

}  // namespace vram_gauge::families
