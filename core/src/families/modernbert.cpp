#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

static Module layer_norm_modernbert(Builder& b, std::string_view name) {
  Module norm = tensor(Role::norm, name, {{b.sizes.hidden}});
  norm.bias = b.text.flag("norm_bias");
  return norm;
}

// An encoder without a cache whose layers attend to everything or to a window, each kind with a rotary base of its own.
static void describe_modernbert(Builder& b) {
  Model& model = b.model;
  model.pooling = model.encoder_only = true;
  model.tied = false;
  model.prefix = "", model.layer_prefix = "encoder_layer.layers.";
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.kv_heads = attention.heads;
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias");
  attention.cache = false;
  attention.name = "attn.", attention.qkv = "Wqkv", attention.out = "Wo";
  MlpSpec mlp = b.mlp();
  mlp.bias = b.text.flag("mlp_bias");
  mlp.up = "Wi", mlp.down = "Wo";
  mlp.whole_up = !b.since(29);  // a plain linear
  const std::int64_t period = b.text.positive("global_attn_every_n_layers", 3);
  const bool listed = b.text.is_array("layer_types");
  const bool nested = static_cast<bool>(b.text.object("rope_parameters").object("full_attention"));
  const int full = b.rope({.parameters = b.rope_parameters("full_attention"), .own_parameters = true});
  const int local = b.rope({.parameters = nested ? b.rope_parameters("sliding_attention") : ConfigReader(),
                            .own_parameters = true,
                            .kind = 1});
  b.outside(Stage::every, vocabulary(Role::embedding, "embeddings.tok_embeddings", b.sizes.vocab, b.sizes.hidden));
  b.outside(Stage::every, layer_norm_modernbert(b, "embeddings.norm.weight"));
  b.outside(Stage::every, layer_norm_modernbert(b, "final_norm.weight"));
  const auto kind_of = [&](std::int64_t i) {
    const bool slides = listed ? b.slides(i) : i % period != 0;
    return (slides ? 1 : 0) | (i == 0 ? 2 : 0);  // the first layer's input was normed already
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    attention.rope = kind & 1 ? local : full;
    b.add(layer, attention);
    b.add(layer, mlp);
    layer.bare_attention = true;  // built without the quantization
    if (!b.since(29))             // built without a quantization
      for (Module& module : layer.modules) module.quantizable = false;
    if ((kind & 2) == 0) layer.modules.push_back(layer_norm_modernbert(b, "attn_norm.weight"));
    layer.modules.push_back(layer_norm_modernbert(b, "mlp_norm.weight"));
  });
}

static void wrap_modernbert(Builder& b) {
  const bool token = b.context.architecture == "ModernBertForTokenClassification";
  if (!token && b.context.architecture != "ModernBertForSequenceClassification") return;
  const Dtype head = token ? Dtype::model : Dtype::float32;
  b.pooling_head(token ? "head.dense" : "pooling.dense", b.sizes.hidden, b.sizes.hidden, b.text.flag("classifier_bias"),
                 head);
  Module norm = layer_norm_modernbert(b, token ? "head.norm.weight" : "pooling.norm.weight");
  norm.dtype = head;
  b.outside(Stage::every, std::move(norm));
  b.pooling_head("classifier", b.sizes.hidden, b.num_labels(), true);
}

extern const Family modernbert{
    .id = "modernbert",
    .architectures = "ModernBertModel ModernBertForSequenceClassification ModernBertForTokenClassification",
    .model_types = "modernbert",
    .source = "vllm/model_executor/models/modernbert.py",
    .describe = describe_modernbert,
    .wrap = wrap_modernbert,
};

}  // namespace vram_gauge::families
