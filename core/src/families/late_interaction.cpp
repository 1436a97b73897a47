#include "families/wrappers.hpp"

namespace vram_gauge::families {
namespace {

// What each class extends: its language model, and the wrapper with its encoder, if any.
struct Extended {
  std::string_view name, language, wrapper;
};

constexpr Extended extended[] = {
    {"HF_ColBERT", "BertModel", {}},
    {"ColBERTModernBertModel", "ModernBertModel", {}},
    {"ColBERTJinaRobertaModel", "NomicBertModel", {}},
    {"ColBERTLfm2Model", "Lfm2ForCausalLM", {}},
    {"ColPaliForRetrieval", "PaliGemmaForConditionalGeneration", "PaliGemmaForConditionalGeneration"},
    {"ColQwen3_5", "Qwen3_5ForCausalLM", "Qwen3_5ForConditionalGeneration"},
};

Extended extended_by(std::string_view name) {
  for (const Extended& row : extended)
    if (row.name == name) return row;
  return {name, "Qwen3ForCausalLM", "Qwen3VLForConditionalGeneration"};
}

void describe_late_interaction(Builder& b) { find_family(extended_by(b.context.architecture).language)->describe(b); }

// One vector a token, through a projection. Where the file doesn't say its width, the weights do: the class then makes
// it while it loads them.
void wrap_late_interaction(Builder& b) {
  const std::string_view name = b.context.architecture;
  const bool pali = name == "ColPaliForRetrieval", fifth = name == "ColQwen3_5";
  const std::string_view wrapper = extended_by(name).wrapper;
  const std::int64_t in = pali ? b.sizes.hidden : b.root.integer("hidden_size", b.sizes.hidden);
  const std::int64_t width = wrapper.empty() ? b.root.integer("colbert_dim|dim|projection_dim", 0)
                             : pali ? b.root.positive("embedding_dim|embed_dim|dim|projection_dim|colbert_dim", 128)
                                    : b.root.positive("embed_dim|dims|dim|projection_dim|colbert_dim", fifth ? 128 : 0);
  if (pali) b.root = b.root.object("vlm_config");
  if (wrapper.empty()) make_pooling(b.model);
  else find_family(wrapper)->wrap(b);
  b.model.pooling = b.model.whole_prompts = true;
  if (fifth && b.since(24) && !b.since(33))
    b.inexact("Which layers of ColQwen3.5 see the whole prompt, and so keep no cache, was not read for this release.");
  // ColQwen3.5's says whether its attention sees everything (vllm/model_executor/models/config.py:ColQwen3_5Config).
  if (fifth && b.since(24) &&
      b.root.text("retrieval_attention_contract", b.text.text("retrieval_attention_contract")) != "causal")
    uncache_attention(b.model);
  if (width > 0) b.pooling_head("custom_text_proj", in, width, fifth && b.since(24));
  else if (name != "Qwen3VLNemotronEmbedModel")
    b.inexact("How wide the projection of this model's vectors is stands only in its weights; it is left out.");
}

}  // namespace

extern const Family late_interaction{
    .id = "late_interaction",
    .architectures =
        "HF_ColBERT ColBERTModernBertModel ColBERTJinaRobertaModel ColBERTLfm2Model ColPaliForRetrieval ColQwen3 "
        "OpsColQwen3Model Qwen3VLNemotronEmbedModel ColQwen3_5",
    .model_types = "colpali colqwen3 ops_colqwen3 qwen3_vl_nemotron_embed",
    .source = "vllm/model_executor/models/colbert.py, colpali.py, colqwen3.py, colqwen3_5.py",
    .describe = describe_late_interaction,
    .wrap = wrap_late_interaction,
};

}  // namespace vram_gauge::families
