#include "families/family.hpp"
#include "words.hpp"

namespace vram_gauge::families {
namespace {

// Each expert is a plain feed-forward of two matrices, divided over the ranks; one bias for all.
void add_experts_bert_with_rope(Builder& b, Layer& layer, const MoeSpec& moe) {
  const Dim inner{moe.inner, 1, Split::even};
  Module router = replicated(Role::experts, "router", b.sizes.hidden, {{moe.experts}});
  router.quantizable = false;
  layer.modules.push_back(std::move(router));
  layer.modules.push_back(tensor(Role::experts, "w1", {{moe.experts}, inner, {b.sizes.hidden}}));
  layer.modules.push_back(tensor(Role::experts, "w2", {{moe.experts}, {b.sizes.hidden}, inner}));
  layer.modules.push_back(tensor(Role::experts, "bias", {{b.sizes.hidden}}));
  for (auto module = layer.modules.end() - 4; module != layer.modules.end(); ++module) module->parent = "mlp.";
}

// Rows of the rotary table.
std::int64_t rows_bert_with_rope(Builder& b, bool nomic, bool jina) {
  if (nomic) {
    b.inexact("Nomic-BERT's rotary table has a row for each of max_model_len tokens; here the default's are counted.");
    return b.sizes.max_positions = b.text.integer("max_position_embeddings|max_trained_positions", 2048, max_tokens);
  }
  // With CUDA graphs, Jina's is rounded up for the kernels (config.py:JinaRobertaModelConfig).
  if (jina && b.sizes.max_positions % 8 != 0 && !b.context.enforce_eager) return round_up(b.sizes.max_positions, 8);
  return b.sizes.max_positions;
}

// BERT with rotary positions: LayerNorms after each half, no cache.
void describe_bert_with_rope(Builder& b) {
  const std::string_view name = b.context.architecture;
  const bool nomic = name == "NomicBertModel", jina = contains(name, "oberta");
  const bool gte = !nomic && !jina;
  Model& model = b.model;
  model.pooling = model.encoder_only = true;
  model.tied = false;
  model.prefix = "embeddings.", model.layer_prefix = "encoder.layers.";
  b.outside(Stage::every, vocabulary(Role::embedding, "word_embeddings", b.sizes.vocab, b.sizes.hidden));
  if (const std::int64_t types = b.text.integer("type_vocab_size", 0); types > 0)
    b.outside(Stage::every, vocabulary(Role::embedding, "token_type_embeddings", types, b.sizes.hidden));
  b.outside(Stage::every, layer_norm("LayerNorm.weight", b.sizes.hidden));
  AttentionSpec attention = b.attention();
  attention.kv_heads = attention.heads;
  attention.qkv_bias = attention.out_bias = !nomic || b.text.flag("qkv_proj_bias", true);
  attention.cache = false;
  attention.name = "attn.", attention.out = "out_proj";
  const std::int64_t rotary = nomic ? 0 : b.text.integer("rotary_emb_dim", 0);
  attention.rope = b.rope({.dim = rotary, .max_positions = rows_bert_with_rope(b, nomic, jina)});
  MlpSpec mlp = b.mlp();
  mlp.bias = attention.qkv_bias;
  mlp.gated = gte || b.text.text("activation_function") == "swiglu";
  MoeSpec moe = b.moe();
  const std::int64_t period = b.text.integer("moe_every_n_layers", 0);
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return period > 0 && i % period == 1 ? 1 : 0; },
      [&](Layer& layer, int kind) {
        b.add(layer, attention);
        if (kind) {
          add_experts_bert_with_rope(b, layer, moe);
        } else {
          b.add(layer, mlp);
          if (gte) layer.modules.end()[-2].bias = false;  // of gate and up
        }
        b.norms(layer, {"attn_ln.weight", "mlp_ln.weight"}, true);
      });
}

void wrap_bert_with_rope(Builder& b) {
  if (b.context.architecture != "GteNewForSequenceClassification") return;
  b.pooling_head("pooler.dense", b.sizes.hidden, b.sizes.hidden, true);
  b.pooling_head("classifier", b.sizes.hidden, b.num_labels(), true);
}

}  // namespace

extern const Family bert_with_rope{
    .id = "bert_with_rope",
    .architectures = "GteModel GteNewModel GteNewForSequenceClassification NomicBertModel",
    .model_types = "gte new nomic_bert",
    .source = "vllm/model_executor/models/bert_with_rope.py, config.py",
    .describe = describe_bert_with_rope,
    .wrap = wrap_bert_with_rope,
};

}  // namespace vram_gauge::families
