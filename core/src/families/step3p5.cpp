#include "families/step.hpp"

namespace vram_gauge::families {

static std::int64_t sliding_heads(const Builder& b) {
  const ConfigReader other = b.text.object("attention_other_setting");
  const bool sliding = other && other.text("attention_type") == "sliding_attention";
  return b.text.positive("num_sliding_attention_heads",
                         sliding ? other.integer("num_attention_heads", b.sizes.heads) : b.sizes.heads);
}

// Older files have a partial factor for each layer.
static bool rotates_half(const Builder& b, std::int64_t layer) {
  if (b.text.object("rope_parameters")) return false;
  const std::vector<double> factors = b.text.numbers("partial_rotary_factors");
  return entry(factors, layer, 1.0) < 1;
}

static int rope(Builder& b, bool slides, bool half) {
  const std::string_view type = slides ? "sliding_attention" : "full_attention";
  if (b.text.object("rope_parameters"))
    return b.rope({.parameters = b.rope_parameters(type), .own_parameters = true, .kind = slides});
  // Scaling may be for one kind of layer only; each layer has its own base.
  const std::vector<std::string_view> scaled = b.text.texts("yarn_only_types");
  const bool scales = scaled.empty() || holds(scaled, type);
  return b.rope({.dim = half ? b.sizes.head_dim / 2 : b.sizes.head_dim,
                 .parameters = scales ? b.rope_parameters() : ConfigReader(),
                 .own_parameters = true,
                 .kind = slides});
}

static void describe_step3p5(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.qkv_bias = b.text.flag("attention_bias");
  attention.qk_norm = QkNorm::head;
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done;
  moe.rank_needs_expert = true;
  moe.name = "moe.";
  moe.router = Dtype::float32;
  moe.correction = "router_bias";
  moe.shared = "share_expert.";
  moe.shared_inner = b.text.integer("share_expert_dim", 0);
  const std::vector<bool> sparse = b.text.is_array("mlp_layer_types") ? b.sparse_by_type() : step_sparse_layers(b);
  const bool gated = b.text.flag("use_head_wise_attn_gate");
  b.embeddings("tll");
  const auto kind_of = [&](std::int64_t i) {
    return (b.slides(i) ? 1 : 0) | (sparse[static_cast<std::size_t>(i)] ? 2 : 0) | (rotates_half(b, i) ? 4 : 0);
  };
  const auto describe = [&](Layer& layer, int kind) {
    const bool slides = (kind & 1) != 0;
    AttentionSpec spec = attention;
    if (slides) spec.heads = sliding_heads(b);
    spec.window = slides ? b.window() : 0;
    spec.rope = rope(b, slides, (kind & 4) != 0);
    b.add(layer, spec);
    if (gated) {
      layer.modules.push_back(
          column(Role::attention, "g_proj", b.sizes.hidden, {{spec.heads, 1, Split::even, "g_proj"}}));
      layer.modules.back().parent = "self_attn.";
    }
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  };
  b.layers(b.sizes.layers, kind_of, describe);
  // vllm/model_executor/models/step3p5_mtp.py: the file's lists go on for them; none has experts.
  const std::int64_t predictors = b.text.integer("num_nextn_predict_layers", 0, 1 << 10);
  if (predictors == 0) return;
  const std::int64_t next = b.sizes.layers;
  describe(b.model.mtp, (b.slides(next) ? 1 : 0) | (rotates_half(b, next) ? 4 : 0));
  b.predicts_from_streams(predictors);
}

extern const Family step3p5{
    .id = "step3p5",
    .architectures = "Step3p5ForCausalLM",
    .model_types = "step3p5",
    .source = "vllm/model_executor/models/step3p5.py",
    .describe = describe_step3p5,
};

}  // namespace vram_gauge::families
