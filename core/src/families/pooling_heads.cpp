#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

// Decoders that vLLM has a class of their own for because of what stands on them.
void describe_pooling_heads(Builder& b) {
  const std::string_view name = b.context.architecture;
  const bool gpt2 = name == "GPT2ForSequenceClassification", jamba = name == "JambaForSequenceClassification";
  find_family(gpt2 ? "GPT2LMHeadModel" : jamba ? "JambaForCausalLM" : "Qwen3ForCausalLM")->describe(b);
  Model& model = b.model;
  model.pooling = true;
  if (!jamba) make_pooling(model);
  const std::int64_t hidden = b.sizes.hidden;
  if (gpt2 || jamba) b.pooling_head("score", hidden, b.num_labels(), jamba && b.text.flag("score_bias"));
  if (name == "JinaForRanking") {
    b.pooling_head("projector.0", hidden, hidden / 2, false, Dtype::model);
    b.pooling_head("projector.2", hidden / 2, 512, false, Dtype::model);  // config.py:JinaForRankingConfig
  }
  if (name == "JinaEmbeddingsV5Model" && !b.root.flag("is_decoder", true))
    b.inexact("Jina's embeddings of version 5 on an encoder are not modelled.");
  if (name != "VoyageQwen3BidirectionalEmbedModel") return;
  b.pooling_head("linear", hidden, b.num_labels(), false, Dtype::model);
  model.encoder_only = true;
  for (Layer& layer : model.layers) layer.caches.clear();
}

}  // namespace

extern const Family pooling_heads{
    .id = "pooling_heads",
    .architectures =
        "GPT2ForSequenceClassification JambaForSequenceClassification JinaEmbeddingsV5Model "
        "JinaForRanking VoyageQwen3BidirectionalEmbedModel",
    .model_types = "",
    .source = "vllm/model_executor/models/gpt2.py, jamba.py, jina.py, voyage.py",
    .describe = describe_pooling_heads,
};

}  // namespace vram_gauge::families
