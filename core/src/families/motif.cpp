#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_motif(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  const bool bias = b.text.flag("use_bias"), both = bias || b.text.flag("attention_bias");
  spec.attention.qkv_bias = b.text.absent("qkv_bias") ? both : b.text.flag("qkv_bias");
  spec.attention.out_bias = both, spec.mlp.bias = bias;
  // Differential attention: two softmaxes weighed against each other.
  for (const std::string_view name : {"lambda_q1", "lambda_k1", "lambda_q2", "lambda_k2"}) {
    spec.extra.push_back(tensor(Role::attention, name, {{b.sizes.head_dim}}, Dtype::float32));
    spec.extra.back().parent = "self_attn.";
  }
  spec.extra.push_back(tensor(Role::norm, "self_attn.subln.weight", {{2 * b.sizes.head_dim}}));
  spec.extra.push_back(tensor(Role::norm, "mlp.act_fn.weight", {{3}}));
  spec.extra.push_back(tensor(Role::norm, "mlp.act_fn.bias", {{1}}));
  b.model.first_engine = true;
  b.add(spec);
}

extern const Family motif{
    .id = "motif",
    .architectures = "MotifForCausalLM",
    .model_types = "motif",
    .source = "vllm/model_executor/models/motif.py (0.10.2)",
    .describe = describe_motif,
};

}  // namespace vram_gauge::families
