#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

// Embeddings of the last few tokens together, in one table, projected and averaged with the token's own.
static void add_ngrams(Builder& b) {
  const std::int64_t splits = b.text.size("emb_split_num"), before = b.text.size("emb_neighbor_num") - 1;
  const std::int64_t tables = splits * before, width = tables > 0 ? b.sizes.hidden / tables : 0;
  const std::int64_t least = b.text.size("ngram_vocab_size_ratio") * b.sizes.vocab;
  // Table i has least + 2·i + 1 rows.
  b.outside(Stage::first,
            vocabulary(Role::embedding, "ngram_embeddings.oe_embedder", tables * least + tables * tables, width));
  b.outside(Stage::first,
            tensor(Role::embedding, "ngram_embeddings.oe_projection", {{tables}, {width}, {b.sizes.hidden}}));
  const auto constants = [&](std::string_view name, std::vector<Dim> dims) {
    b.outside(Stage::first, buffer(Role::embedding, name, std::move(dims), Dtype::int32));
  };
  constants("ngram_embeddings.ne_weights", {{before}, {splits}, {before + 1}});
  constants("ngram_embeddings.ne_mods", {{before}, {splits}});
  constants("ngram_embeddings.exclusive_sizes", {{tables + 1}});
}

// longcat_flash_mtp.py: one dense layer with one attention, whatever the file says
static void add_predictor_longcat_flash(Builder& b, const MlaSpec& mla) {
  Layer& layer = b.model.mtp;
  b.add(layer, mla);
  b.add(layer, b.mlp());
  b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  b.predicts_from_streams(1);
  layer.modules.back().quantizable = layer.modules.back().nameless = true;
  if (holds(b.text.texts("disable_quant_module"), std::string_view("mtp")))
    for (Module& module : layer.modules) module.quantizable = false;
}

static void describe_longcat_flash(Builder& b) {
  b.model.tied = false;  // whatever the file says
  b.sizes.layers = b.text.integer("num_layers", b.sizes.layers, max_layers);
  MlaSpec first = b.mla(), second = first;
  add_predictor_longcat_flash(b, first);
  first.name = "self_attn.0.";
  second.name = "self_attn.1.";
  MoeSpec moe = b.moe();
  const std::int64_t routes = moe.experts + b.text.integer("zero_expert_num", 0);  // some lead to no expert
  b.embeddings("fll");
  if (b.context.architecture == "LongcatFlashNgramForCausalLM" && b.text.has("ngram_vocab_size_ratio")) add_ngrams(b);
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        for (const MlaSpec& mla : {first, second}) b.add(layer, mla);
        for (const std::string_view name : {"mlps.0.", "mlps.1."})
          b.add(layer, MlpSpec{.inner = b.sizes.inner, .name = name});
        b.add(layer, moe);
        for (Module& module : layer.modules)
          if (module.name == "gate")
            module = tensor(Role::experts, "router.classifier.weight", {{routes}, {b.sizes.hidden}}, Dtype::float32);
        layer.modules.push_back(tensor(Role::experts, "router.e_score_correction_bias", {{routes}}, Dtype::float32));
        b.norms(layer, {"input_layernorm.0.weight", "input_layernorm.1.weight", "post_attention_layernorm.0.weight",
                        "post_attention_layernorm.1.weight"});
      });
}

extern const Family longcat_flash{
    .id = "longcat_flash",
    .architectures = "LongcatFlashForCausalLM LongcatFlashNgramForCausalLM",
    .model_types = "longcat_flash",
    .source = "vllm/model_executor/models/longcat_flash.py, longcat_flash_ngram.py",
    .describe = describe_longcat_flash,
};

}  // namespace vram_gauge::families
