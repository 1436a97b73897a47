#include "families/family.hpp"

namespace vram_gauge::families {

// vllm/model_executor/models/exaone_moe_mtp.py: dense layers
static void predictor_exaone_moe(Builder& b, AttentionSpec attention) {
  const std::int64_t count = b.text.integer("num_nextn_predict_layers", 1, 1 << 10);
  if (count == 0) return;
  Layer& layer = b.model.mtp;
  const std::vector<std::string_view> types = b.text.texts("mtp_layer_types");
  const std::vector<std::int64_t> windows = b.text.integers("mtp_sliding_windows|sliding_windows");
  if (types.empty() ? b.slides(0) : types[0] != "full_attention")
    attention.window = entry(windows, 0, b.text.index("sliding_window", 0, max_tokens));
  b.add(layer, attention);
  b.add(layer, b.mlp());
  b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_fc_norm_embedding.weight",
                  "pre_fc_norm_hidden.weight", "norm.weight"});
  b.predicts(count, "fc");
}

static void describe_exaone_moe(Builder& b) {
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = b.attention_bias();
  spec.attention.qk_norm = QkNorm::head;
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::none_redundant;
  spec.moe.rank_needs_expert = true;
  spec.moe.correction = "e_score_correction_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("num_shared_experts", 0);
  spec.sparse = b.sparse_by_type();
  spec.outside.nameless_head = true;
  b.add(spec);
  predictor_exaone_moe(b, spec.attention);
}

extern const Family exaone_moe{
    .id = "exaone_moe",
    .architectures = "ExaoneMoeForCausalLM ExaoneMoEForCausalLM",
    .model_types = "exaone_moe",
    .source = "vllm/model_executor/models/exaone_moe.py",
    .describe = describe_exaone_moe,
};

}  // namespace vram_gauge::families
