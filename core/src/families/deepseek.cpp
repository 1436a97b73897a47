#include "families/eagle.hpp"

namespace vram_gauge::families {

// Of EAGLE's heads (deepseek_eagle.py, mistral_large_3_eagle.py).
static void add_stem_deepseek(Builder& b, bool mtp) {
  add_eagle_projection(b, {.divided = !mtp, .quantizable = !mtp});
  for (const std::string_view name : {"enorm.weight", "hnorm.weight"})
    if (mtp) b.outside(Stage::every, tensor(Role::norm, name, {{b.sizes.hidden}}));
}

static void describe_deepseek(Builder& b) {
  b.model.tied = false;  // whatever the file says
  const bool lite = b.model.model_type == "glm4_moe_lite";
  const bool drafts = b.context.architecture.starts_with("Eagle"),
             mtp = b.context.architecture == "EagleDeepSeekMTPModel";
  const bool plain = b.model.model_type == "deepseek" ||
                     b.text.integer("qk_nope_head_dim", 0) + b.text.integer("qk_rope_head_dim", 0) == 0;
  if (plain) b.ignore_head_dim();
  DecoderSpec spec = plain ? b.decoder_spec() : b.latent_decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  spec.moe = b.moe();
  spec.moe.rank_needs_expert = b.model.model_type == "deepseek" ? !b.since(11, 1) : !b.since(8);
  if (b.since(9, 2)) spec.moe.balancing = lite ? Balancing::none_redundant : Balancing::done;
  // deepseek_v2.py:_get_moe_router_dtype; 0.25 alone also held the weights so.
  const bool routes_in_float32 = b.model.model_type == "glm_moe_dsa" || b.text.text("moe_router_dtype") == "float32";
  if (lite || (routes_in_float32 && b.since(25) && !b.since(26))) spec.moe.router = Dtype::float32;
  if (lite || b.text.text("topk_method") == "noaux_tc") spec.moe.correction = "gate.e_score_correction_bias";
  spec.moe.shared_inner = spec.moe.inner * b.text.integer("n_shared_experts", 0);
  if (!mtp) spec.sparse = b.sparse_by_frequency();  // whose layers are counted on behind the target's
  spec.outside.placement = drafts ? "aa-" : "fll";
  b.add(spec);
  if (drafts) return add_stem_deepseek(b, mtp);
  b.predictors(spec, b.context.architecture != "GlmMoeDsaForCausalLM");
}

extern const Family deepseek{
    .id = "deepseek",
    .architectures =
        "DeepseekForCausalLM DeepseekV2ForCausalLM DeepseekV3ForCausalLM DeepseekV32ForCausalLM "
        "GlmMoeDsaForCausalLM Glm4MoeLiteForCausalLM DeepseekV3BidirectionalModel "
        "MistralLarge3ForCausalLM EagleDeepSeekMTPModel EagleMistralLarge3ForCausalLM",
    .model_types = "deepseek deepseek_v2 deepseek_v3 deepseek_v32 kimi_k2 glm_moe_dsa glm4_moe_lite",
    .source = "vllm/model_executor/models/deepseek_v2.py, glm4_moe_lite.py, vllm/models/deepseek_v32/nvidia/model.py",
    .describe = describe_deepseek,
};

}  // namespace vram_gauge::families
