#include "families/family.hpp"
#include "words.hpp"

namespace vram_gauge::families {

// vllm/v1/worker/gpu/spec_decode/eagle/eagle3_utils.py:get_eagle3_aux_layers_from_config
static std::int64_t features_dflash(const Builder& b) {
  const ConfigReader own = b.root.object("dflash_config");
  for (const auto& [config, key] :
       {std::pair{b.root, "eagle_aux_hidden_state_layer_ids"}, std::pair{b.root, "aux_hidden_state_layer_ids"},
        std::pair{own, "target_layer_ids"}, std::pair{b.root, "dspark_target_layer_ids"},
        std::pair{b.root, "target_layer_ids"}, std::pair{own, "layer_ids"}})
    if (const auto ids = config.integers(key); !ids.empty()) return static_cast<std::int64_t>(ids.size());
  return b.sizes.layers;
}

// DSpark (qwen3_dspark.py): what the token before says of the next, and how sure the draft is.
static void add_markov_dflash(Builder& b) {
  const std::int64_t rank = b.root.size("markov_rank"), rows = b.root.positive("draft_vocab_size", b.sizes.vocab);
  b.outside(Stage::every, tensor(Role::other, "markov_head.markov_w1.weight", {{b.sizes.vocab}, {rank}}));
  b.outside(Stage::every, tensor(Role::other, "markov_head.markov_w2.weight", {{round_up(rows, 64)}, {rank}}));
  if (!b.root.flag("enable_confidence_head")) return;
  const std::int64_t in = b.sizes.hidden + (b.root.flag("confidence_head_with_markov") ? rank : 0);
  b.outside(Stage::every, tensor(Role::other, "confidence_head.proj.weight", {{1}, {in}}, Dtype::float32));
  b.outside(Stage::every, tensor(Role::other, "confidence_head.proj.bias", {{1}}, Dtype::float32));
}

static void describe_dflash(Builder& b) {
  const ConfigReader own = b.root.object("dflash_config");
  const std::int64_t window =
      own.integer("swa_window_size", b.text.integer("sliding_window", 0, max_tokens), max_tokens);
  const auto types = b.text.texts("layer_types");
  const bool some = holds(types, std::string_view("sliding_attention"));
  const auto slides = [&](std::int64_t i) {
    return types.empty() || (own.flag("use_swa") && !some) ? own.flag("use_swa")
                                                           : entry(types, i, std::string_view{}) == "sliding_attention";
  };
  DecoderSpec spec = b.decoder_spec();
  AttentionSpec& attention = spec.attention;
  attention.qk_norm = QkNorm::head;
  attention.sinks = own.flag("attention_sink_bias", b.text.flag("add_swa_attention_sink_bias"));
  spec.mlp.bias = false;
  b.embeddings("aa-");
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return slides(i) ? 1 : 0; },
      [&](Layer& layer, int kind) {
        attention.window = kind ? window : 0;
        b.add(layer, attention);
        b.add(layer, spec.mlp);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
  for (const std::string_view name : {"mask_embedding", "hidden_norm.weight"})
    b.outside(Stage::every, tensor(Role::other, name, {{b.sizes.hidden}}));
  if (own.flag("use_aux_hidden_state", b.root.object("eagle_config").flag("use_aux_hidden_state", true)))
    b.combine_features(features_dflash(b));
  // Keys and values of the context are projected for all layers at once, by copies of the unquantized weights.
  const Dim rows{attention.kv_heads, 2 * b.sizes.layers * attention.head_dim, Split::heads};
  if (b.quant_method().empty()) {
    b.outside(Stage::every, buffer(Role::other, "fused_kv_weight", {rows, {b.sizes.hidden}}));
    if (attention.qkv_bias) b.outside(Stage::every, buffer(Role::other, "fused_kv_bias", {rows}));
  }
  b.outside(Stage::every, buffer(Role::other, "k_norm_weights", {{b.sizes.layers}, {attention.head_dim}}));
  if (contains(b.context.architecture, "DSpark")) add_markov_dflash(b);
  b.draft_head(b.root.flag("has_own_lm_head"));
}

extern const Family dflash{
    .id = "dflash",
    .architectures = "DFlashDraftModel MuseGlimmerAssistantModel DFlashMuseGlimmerAssistantModel Qwen3DSparkModel",
    .model_types = "",
    .source = "vllm/model_executor/models/qwen3_dflash.py, qwen3_dspark.py",
    .describe = describe_dflash,
};

}  // namespace vram_gauge::families
