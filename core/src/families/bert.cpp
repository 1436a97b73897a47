#include <algorithm>

#include "families/family.hpp"
#include "words.hpp"

namespace vram_gauge::families {
namespace {

// An encoder without a cache: learned positions, LayerNorms after each half, biases everywhere.
void describe_bert(Builder& b) {
  b.ignore_head_dim();
  Model& model = b.model;
  const std::string_view name = b.context.architecture;
  const bool roberta = contains(name, "oberta") || contains(name, "ROBERTA") || name == "XLMRobertaModel" ||
                       name == "BgeM3EmbeddingModel";
  if (const std::string_view kind = b.text.text("position_embedding_type"); kind == "rotary" || kind == "rope")
    return find_family("NomicBertModel")->describe(b);
  model.pooling = model.encoder_only = true;
  model.tied = false;
  model.layer_prefix = "model.encoder.layer.", model.prefix = "model.embeddings.";
  const std::int64_t hidden = b.sizes.hidden, positions = b.sizes.max_positions;
  // Roberta's position and type tables were plain embeddings up to 0.24.
  const bool plain = roberta && !b.since(25);
  const auto table = [&](std::string_view table_name, std::int64_t rows, bool whole) {
    Module module = vocabulary(Role::embedding, table_name, rows, hidden);
    module.plain_rows = whole;
    b.outside(Stage::every, std::move(module));
  };
  table("word_embeddings", b.sizes.vocab, false);
  table("position_embeddings", positions, plain);
  table("token_type_embeddings", b.text.integer("type_vocab_size", 2), plain);
  if (name.starts_with("Ernie"))
    table("task_type_embeddings", std::max<std::int64_t>(1, b.text.integer("task_type_vocab_size", 3)), false);
  b.outside(Stage::every, layer_norm("LayerNorm.weight", hidden));
  b.outside(Stage::every, buffer(Role::embedding, "position_ids", {{1}, {positions}}, Dtype::int64));
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = true;
  attention.cache = false;
  attention.name = "attention.", attention.qkv = "self.qkv_proj", attention.out = "output.dense";
  MlpSpec mlp = b.mlp();
  mlp.gated = false, mlp.bias = true, mlp.name = "", mlp.up = "intermediate.dense", mlp.down = "output.dense";
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        b.add(layer, attention);
        b.add(layer, mlp);
        b.norms(layer, {"attention.output.LayerNorm.weight", "output.LayerNorm.weight"}, true);
      });
}

// What stands on the encoder: a pooler and classifier in float32, or the masked-language head, of plain
// linears with a copy of the vocabulary.
void wrap_bert(Builder& b) {
  const std::string_view name = b.context.architecture;
  if (name == "BertForMaskedLM" || name == "BertSpladeSparseEmbeddingModel") {
    Module transform = replicated(Role::other, "mlm_head.dense", b.sizes.hidden, {{b.sizes.hidden}}, true);
    Module norm = layer_norm("mlm_head.layer_norm.weight", b.sizes.hidden);
    // Plain and whole: a copy of the embedding that the checkpoint ties it to.
    Module decoder = replicated(Role::other, "mlm_head.decoder", b.sizes.hidden, {{b.sizes.vocab}});
    decoder.in_checkpoint = false;
    b.outside(Stage::every, tensor(Role::other, "mlm_head.decoder.bias", {{b.sizes.vocab}}));
    transform.quantizable = decoder.quantizable = false;
    for (Module* module : {&transform, &norm, &decoder}) b.outside(Stage::every, std::move(*module));
  }
  if (name == "BgeM3EmbeddingModel") {
    b.pooling_head("sparse_linear", b.sizes.hidden, 1, true);
    b.pooling_head("colbert_linear", b.sizes.hidden, b.sizes.hidden, true);
  }
  if (!contains(name, "ForSequenceClassification") && !contains(name, "ForTokenClassification")) return;
  const std::int64_t labels = b.num_labels();
  const bool token = contains(name, "ForTokenClassification");
  const bool roberta = contains(name, "oberta") || contains(name, "XLM");
  if (!token) b.pooling_head(roberta ? "classifier.dense" : "pooler.dense", b.sizes.hidden, b.sizes.hidden, true);
  b.pooling_head(roberta ? "classifier.out_proj" : "classifier", b.sizes.hidden, labels, true);
}

}  // namespace

extern const Family bert{
    .id = "bert",
    .architectures =
        "BertModel BertForMaskedLM BertSpladeSparseEmbeddingModel BgeM3EmbeddingModel BertForSequenceClassification "
        "BertForTokenClassification RobertaModel "
        "RobertaForMaskedLM "
        "RobertaForSequenceClassification RobertaForTokenClassification XLMRobertaModel "
        "XLMRobertaForSequenceClassification "
        "XLMRobertaForTokenClassification ErnieModel ErnieForSequenceClassification ErnieForTokenClassification",
    .model_types = "bert roberta xlm-roberta ernie",
    .source = "vllm/model_executor/models/bert.py, ernie.py",
    .describe = describe_bert,
    .wrap = wrap_bert,
};

}  // namespace vram_gauge::families
