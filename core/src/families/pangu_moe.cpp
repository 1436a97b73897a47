#include "families/family.hpp"

namespace vram_gauge::families {

// Learned keys (and values) that every query attends to before the sequence's own.
static void add_sinks(Builder& b, DecoderSpec& spec, std::int64_t count) {
  AttentionSpec& attention = spec.attention;
  const std::int64_t turned = b.text.size("qk_rope_dim");
  attention.head_dim = b.sizes.head_dim = turned + b.text.size("qk_nope_dim");
  attention.v_head_dim = b.text.size("v_channels");
  attention.rope = b.rope({.dim = turned, .own_parameters = true});
  Module values = tensor(Role::attention, "param_sink_value",
                         {{count}, {attention.kv_heads, 1, Split::even}, {attention.v_head_dim}});
  values.buffer = !b.text.flag("param_sink_with_value");
  spec.extra = {
      tensor(Role::attention, "param_sink_key", {{count}, {attention.kv_heads, 1, Split::even}, {attention.head_dim}}),
      std::move(values), tensor(Role::norm, "k_layernorm.weight", {{attention.head_dim}})};
  for (Module& module : spec.extra) module.parent = "self_attn.";
}

static void describe_pangu_moe(Builder& b) {
  const std::int64_t sinks = b.text.integer("param_sink_number", 0);
  DecoderSpec spec = b.text.has("kv_lora_rank") ? b.latent_decoder_spec() : b.decoder_spec();
  const bool bias = b.attention_bias();
  spec.attention.qkv_bias = b.text.flag("qkv_bias", bias);
  spec.attention.out_bias = bias;
  if (b.text.has("interleaved_sliding_window")) b.inexact("interleaved_sliding_window is not modelled here.");
  if (sinks > 0 && spec.mla.heads == 0) add_sinks(b, spec, sinks);
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::done;
  if (b.text.flag("router_enable_expert_bias")) spec.moe.correction = "gate.e_score_correction_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("n_shared_experts", 0);
  spec.sparse = b.from_layer("first_k_dense_replace");
  if (b.text.flag("sandwich_norm"))
    spec.norms.insert(spec.norms.end(), {"pre_mlp_layernorm.weight", "post_mlp_layernorm.weight"});
  b.add(spec);
  b.predictors(spec, true);  // openpangu_mtp.py
}

extern const Family pangu_moe{
    .id = "pangu_moe",
    .architectures = "PanguUltraMoEForCausalLM PanguProMoEV2ForCausalLM",
    .model_types = "pangu_ultra_moe PanguProMoE",
    .source = "vllm/model_executor/models/openpangu.py",
    .describe = describe_pangu_moe,
};

}  // namespace vram_gauge::families
