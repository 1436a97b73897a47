#include "blocks/state_space.hpp"
#include "families/wrappers.hpp"
#include "towers/glm4v.hpp"

namespace vram_gauge::families {

static void describe_glm5_next(Builder& b) {
  b.model.tied = false;  // whatever the file says
  const ConfigReader linear = b.text.object("linear_attn_config");
  KdaSpec kda{.fused_low_rank = true};
  kda.heads = linear ? linear.size("num_heads") : b.text.size("linear_num_heads");
  kda.head_dim = linear ? linear.size("head_dim") : b.text.size("linear_head_dim");
  kda.kernel =
      linear ? linear.size("short_conv_kernel_size", max_factor) : b.text.size("linear_conv_kernel_dim", max_factor);
  MlaSpec mla = b.mla();
  mla.index_pool = b.text.positive("index_kpool", 0, max_factor);
  if (b.text.flag("mla_use_nope")) mla.rope = -1;
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done;
  moe.shared_inner = moe.inner * b.text.integer("n_shared_experts", 0);
  if (b.text.text("topk_method") == "noaux_tc") moe.correction = "gate.e_score_correction_bias";
  const std::vector<bool> sparse = b.sparse_by_type();
  const auto kind_of = [&](std::int64_t i) {
    return (b.type_of(i) == LayerType::linear ? 1 : 0) | (sparse[static_cast<std::size_t>(i)] ? 2 : 0);
  };
  b.embeddings("fll");
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (b.text.flag("mhc")) b.add_hyper_connections(layer, b.text.positive("hc_mult", 4, max_factor));
    if (kind & 1) add(b, layer, kda);
    else b.add(layer, mla);
    for (Module& module : layer.modules) module.quantizable = false;  // the mixers stay in 16 bit
    layer.bare_attention = true;
    if (kind & 2) b.add(layer, moe);
    else b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
  b.predictors({.mla = mla, .moe = moe}, true);  // vllm/models/glm5next/common/mtp.py
}

static void wrap_glm5_next(Builder& b) {
  if (b.context.architecture != "Glm5NextForConditionalGeneration") return;
  nest_language_model(b);
  with_tower(b, "vision_config",
             [&](const ConfigReader& vision) { add_glm4v_tower(b, vision, true, b.sizes.max_positions, false); });
}

extern const Family glm5_next{
    .id = "glm5_next",
    .architectures = "Glm5NextForConditionalGeneration Glm5NextForCausalLM",
    .model_types = "glm5_next glm5_next_text",
    .source = "vllm/models/glm5next/common/model.py",
    .describe = describe_glm5_next,
    .wrap = wrap_glm5_next,
};

}  // namespace vram_gauge::families
