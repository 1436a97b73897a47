#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

static char letter_of(std::string_view type) {
  if (type == "mamba" || type == "linear_attention") return 'M';
  if (type == "attention" || type == "full_attention") return '*';
  return type == "moe" ? 'E' : '-';
}

// One letter a layer: M Mamba-2, * attention, - feed-forward, E experts.
static std::string letters(const Builder& b, std::string_view pattern_key, std::string_view list_key) {
  std::string pattern(b.text.text(pattern_key));
  if (!pattern.empty()) return pattern;
  for (const std::string_view type : b.text.texts(list_key)) pattern += letter_of(type);
  return pattern;
}

static Mamba2Spec mamba_nemotron_h(const Builder& b) {
  Mamba2Spec spec;
  spec.heads = b.text.size("mamba_num_heads");
  spec.head_dim = b.text.size("mamba_head_dim");
  spec.groups = b.text.size("n_groups|mamba_n_groups");
  spec.state = b.text.size("ssm_state_size");
  spec.kernel = b.text.size("conv_kernel", max_factor);
  spec.conv_bias = b.text.flag("use_conv_bias", true);
  spec.bias = b.text.flag("use_bias");
  // vllm/model_executor/models/config.py:NemotronHForCausalLMConfig; in 0.19 already the default of Transformers' class
  const Dtype usual = applies(Rule::nemotron_h_state_float32, b.context.release) ? Dtype::float32 : Dtype::float16;
  if (applies(Rule::nemotron_h_state_dtype, b.context.release))
    spec.recurrent = float_dtype(b.text.text("mamba_ssm_cache_dtype")).value_or(usual);
  return spec;
}

static void experts_nemotron_h(Builder& b, Layer& layer) {
  const bool latent = b.text.has("moe_latent_size");
  MoeSpec moe = b.moe();
  if (b.since(11, 1)) moe.balancing = Balancing::done;
  moe.gated = false;
  moe.gate_name = "up_proj";
  moe.correction = "gate.e_score_correction_bias";
  moe.hidden = latent ? b.text.size("moe_latent_size") : 0;
  moe.shared_inner = b.text.integer("n_shared_experts", 0) * b.text.integer("moe_shared_expert_intermediate_size", 0);
  moe.name = "mixer.";
  // float32 wherever there are no specialized kernels for it (layers/fused_moe/router/gate_linear.py).
  const int capability = b.context.capability;
  moe.router = capability == 90 || capability / 10 == 10 ? Dtype::model : Dtype::float32;
  b.add(layer, moe);
  // A buffer of the checkpoint's own class: published counts are without it.
  for (Module& module : layer.modules)
    if (module.name == "gate.e_score_correction_bias") module.in_checkpoint = false;
  if (!latent) return;
  const std::size_t first = layer.modules.size();
  const bool bias = b.text.flag("mlp_bias");
  layer.modules.push_back(replicated(Role::experts, "fc1_latent_proj", b.sizes.hidden, {{moe.hidden}}, bias));
  layer.modules.push_back(replicated(Role::experts, "fc2_latent_proj", moe.hidden, {{b.sizes.hidden}}, bias));
  place_under(layer, first, "mixer.");
}

static void mixer(Builder& b, Layer& layer, int letter, std::int64_t inner = 0) {
  b.norms(layer, {"norm.weight"});
  if (letter == 'M') return add(b, layer, mamba_nemotron_h(b));
  if (letter == 'E') return experts_nemotron_h(b, layer);
  if (letter == '-')
    return b.add(layer, MlpSpec{.inner = inner, .gated = false, .bias = b.text.flag("mlp_bias"), .name = "mixer."});
  AttentionSpec attention = b.attention();
  attention.name = "mixer.";
  attention.window = b.text.index("sliding_window", 0, max_tokens);
  b.add(layer, attention);
}

// vllm/model_executor/models/nemotron_h_mtp.py
static void predictor_nemotron_h(Builder& b) {
  Layer& layer = b.model.mtp;
  for (const char letter : letters(b, "mtp_hybrid_override_pattern", "mtp_layers_block_type")) mixer(b, layer, letter);
  b.norms(layer, {"enorm.weight", "hnorm.weight", "final_layernorm.weight"});
  b.model.mtp_embeds = false;
  b.predicts(1, "eh_proj");
}

static void describe_nemotron_h(Builder& b) {
  b.model.tied = false;  // whatever the file says
  const std::string pattern = letters(b, "hybrid_override_pattern", "layers_block_type|layer_types");
  b.sizes.layers = static_cast<std::int64_t>(pattern.size());
  if (b.text.has("block_configs")) b.inexact("Layers of their own sizes (block_configs) are not modelled.");
  b.sizes.mamba_chunk = b.text.integer("chunk_size", 0);
  if (b.text.integer("num_nextn_predict_layers", 0, max_layers) > 0) predictor_nemotron_h(b);
  b.embeddings({.placement = "aaa", .norm = "norm_f.weight"});
  const std::vector<std::int64_t> inners = b.text.integers("intermediate_size");
  constexpr int dense = 256;  // and above: dense layers of their own widths
  int dense_layers = 0;
  const auto kind_of = [&](std::int64_t i) {
    const char letter = pattern[static_cast<std::size_t>(i)];
    return letter == '-' && inners.size() > 1 ? dense + dense_layers++ : letter;
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind < dense) return mixer(b, layer, kind, inners.empty() ? 0 : inners[0]);
    const auto index = static_cast<std::size_t>(kind - dense);
    mixer(b, layer, '-', index < inners.size() ? inners[index] : 0);
  });
}

extern const Family nemotron_h{
    .id = "nemotron_h",
    .architectures = "NemotronHForCausalLM NemotronHPuzzleForCausalLM",
    .model_types = "nemotron_h",
    .source = "vllm/model_executor/models/nemotron_h.py",
    .describe = describe_nemotron_h,
};

}  // namespace vram_gauge::families
