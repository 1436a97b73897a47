#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

static void wrap_qwen3_5_vl(Builder& b) {
  nest_language_model(b);
  const bool exp = b.context.architecture == "Qwen4ExpForConditionalGeneration";
  if (!exp) b.model.tied = b.text.flag("tie_word_embeddings");  // the class never looks at the root's
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_qwen3_vl_tower(b, vision);
    if (exp) b.model.least_first_stage = deepstack_levels(vision);
  });
  if (b.context.architecture != "D3ForSequenceClassification") return;
  // vllm/model_executor/models/config.py:D3ForSequenceClassificationConfig
  const ConfigReader decision = b.root.object("decision_config");
  make_pooling(b.model);
  const auto codes = static_cast<std::int64_t>(decision.texts("codes").size());
  if (codes == 0) b.inexact("How many answers there are and what they see stands in decision_config.json.");
  b.pooling_head("score", b.sizes.hidden, codes).quantizable = true;
  if (decision.text("attention_mode", "causal") != "causal") uncache_attention(b.model);
}

extern const Family qwen3_5_vl{
    .id = "qwen3_5_vl",
    .architectures =
        "Qwen3_5ForConditionalGeneration Qwen3_5MoeForConditionalGeneration InternS2PreviewForConditionalGeneration "
        "InternS2MobiusForConditionalGeneration Qwen4ExpForConditionalGeneration D3ForSequenceClassification",
    .model_types = "qwen3_5 qwen3_5_moe qwen4_exp",
    .source =
        "vllm/model_executor/models/qwen3_5.py, interns2_preview.py, interns2_mobius.py, d3.py, "
        "vllm/models/qwen4_exp/",
    .wrap = wrap_qwen3_5_vl,
    .text = "Qwen3_5ForCausalLM",
};

}  // namespace vram_gauge::families
