#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

// Alternating updates over n copies of the stream, and the learned low-rank residual.
void add_altup_and_laurel(Builder& b, Layer& layer, std::int64_t copies, std::int64_t rank) {
  const std::int64_t hidden = b.sizes.hidden;
  layer.modules.push_back(replicated(Role::other, "altup.correction_coefs", copies, {{copies}}));
  layer.modules.push_back(replicated(Role::other, "altup.prediction_coefs", copies, {{copies * copies}}));
  layer.modules.push_back(replicated(Role::other, "altup.modality_router", hidden, {{copies}}));
  b.norms(layer, {"altup.router_norm.weight", "laurel.post_laurel_norm.weight"});
  layer.modules.push_back(tensor(Role::other, "altup.correct_output_scale", {{hidden}}, Dtype::float32));
  if (b.since(29)) {
    layer.modules.push_back(buffer(Role::other, "altup.router_input_scale", {}));
    if (!b.quant_method().empty() && !b.quantization_spares("altup"))
      b.inexact("A quantized altup keeps one scale a layer in the dtype of its weights, which is not modelled.");
  }
  layer.modules.push_back(column(Role::mlp, "laurel.linear_left", hidden, {{rank, 1, Split::even}}));
  layer.modules.push_back(row(Role::mlp, "laurel.linear_right", rank, hidden));
}

void describe_gemma3n(Builder& b) {
  const std::int64_t hidden = b.sizes.hidden, width = b.text.size("hidden_size_per_layer_input"),
                     copies = b.text.positive("altup_num_inputs", 4, max_factor);
  const std::int64_t shared_from = b.sizes.layers - b.text.integer("num_kv_shared_layers", 15),
                     wide = width * b.sizes.layers;
  std::vector<std::int64_t> inner = b.text.integers("intermediate_size", 1);
  if (inner.empty()) inner.push_back(b.text.size("intermediate_size"));
  AttentionSpec base = b.attention();
  base.qk_norm = QkNorm::head;
  base.qkv_bias = base.out_bias = b.text.flag("attention_bias");
  const int full = b.rope({.parameters = b.rope_parameters("full_attention"), .own_parameters = true});
  const int local = b.rope({.own_parameters = true, .kind = 1});
  b.embeddings("aaa");
  for (const std::string_view name :
       {"normalizer", "embed_scale_per_layer", "projection_scale", "per_layer_input_scale"})
    if (b.since(29)) b.outside(Stage::every, buffer(Role::embedding, name, {}));
  b.outside(Stage::every, vocabulary(Role::embedding, "embed_tokens_per_layer",
                                     b.text.positive("vocab_size_per_layer_input", b.sizes.vocab), wide));
  b.outside(Stage::every, column(Role::embedding, "per_layer_model_projection", hidden, {{wide, 1, Split::even}}));
  b.outside(Stage::every, tensor(Role::norm, "per_layer_projection_norm.weight", {{width}}));
  for (const std::string_view name : {"altup_projections", "altup_unembed_projections"}) {
    Module projection = column(Role::other, name, hidden, {{hidden, 1, Split::even}});
    projection.repeat = copies - 1;
    b.outside(Stage::every, std::move(projection));
  }
  const auto width_of = [&](std::int64_t i) {
    return inner[inner.size() == 1 ? 0 : static_cast<std::size_t>(i) % inner.size()];
  };
  b.layers(
      b.sizes.layers,
      [&](std::int64_t i) {
        return static_cast<int>(width_of(i)) * 4 + (b.slides(i) ? 1 : 0) + (i >= shared_from ? 2 : 0);
      },
      [&](Layer& layer, int kind) {
        AttentionSpec attention = base;
        attention.window = kind & 1 ? b.window() : 0;
        attention.rope = kind & 1 ? local : full;
        attention.reuses_cache = kind & 2;
        attention.shares_kv = (kind & 2) && b.since(30);
        b.add(layer, attention);
        MlpSpec mlp = b.mlp();
        mlp.inner = kind / 4;
        b.add(layer, mlp);
        add_altup_and_laurel(b, layer, copies, b.text.positive("laurel_rank", 64));
        layer.modules.push_back(replicated(Role::mlp, "per_layer_input_gate", hidden, {{width}}));
        layer.modules.push_back(replicated(Role::mlp, "per_layer_projection", width, {{hidden}}));
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_feedforward_layernorm.weight",
                        "post_feedforward_layernorm.weight", "post_per_layer_input_norm.weight"});
      });
}

}  // namespace

extern const Family gemma3n{
    .id = "gemma3n",
    .architectures = "Gemma3nForCausalLM",
    .model_types = "gemma3n_text",
    .source = "vllm/model_executor/models/gemma3n.py",
    .describe = describe_gemma3n,
};

}  // namespace vram_gauge::families
