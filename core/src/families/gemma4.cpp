#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

enum Kind : int { sliding = 1, shared = 2 };

// A router with scales of its own beside the dense feed-forward (Gemma4Router, Gemma4MoE).
void add_experts_gemma4(Builder& b, Layer& layer) {
  MoeSpec moe = b.moe();
  moe.name = "", moe.gate = "router.proj";
  b.add(layer, moe);
  layer.modules.push_back(tensor(Role::experts, "router.scale", {{b.sizes.hidden}}));
  layer.modules.push_back(tensor(Role::experts, "router.per_expert_scale", {{moe.experts}}));
  layer.modules.push_back(buffer(Role::experts, "router.root_size", {}));
  b.norms(layer, {"post_feedforward_layernorm_1.weight", "post_feedforward_layernorm_2.weight",
                  "pre_feedforward_layernorm_2.weight"});
}

// Embeddings of every layer's own, projected and gated into it (hidden_size_per_layer_input).
void add_per_layer_embedding(Builder& b, std::int64_t width) {
  const std::int64_t wide = width * b.sizes.layers;
  Module table = vocabulary(Role::embedding, "embed_tokens_per_layer",
                            b.text.positive("vocab_size_per_layer_input", b.sizes.vocab), wide);
  b.outside(Stage::every, std::move(table));
  b.outside(Stage::every,
            column(Role::embedding, "per_layer_model_projection", b.sizes.hidden, {{wide, 1, Split::even}}));
  b.outside(Stage::every, tensor(Role::norm, "per_layer_projection_norm.weight", {{width}}));
  for (const std::string_view name : {"embed_scale_per_layer", "per_layer_input_scale", "per_layer_projection_scale"})
    b.outside(Stage::every, buffer(Role::embedding, name, {}));
  for (Layer& layer : b.model.layers) {
    layer.modules.push_back(replicated(Role::mlp, "per_layer_input_gate", b.sizes.hidden, {{width}}));
    layer.modules.push_back(replicated(Role::mlp, "per_layer_projection", width, {{b.sizes.hidden}}));
    b.norms(layer, {"post_per_layer_input_norm.weight"});
  }
}

// The key and value projections of layers that read another layer's cache: in the checkpoint, but not built.
void add_unused_kv(Builder& b, Layer& layer, const AttentionSpec& spec) {
  Module projections = column(Role::attention, "kv_proj", b.sizes.hidden, {{2 * spec.kv_heads, spec.head_dim}});
  Module norm = tensor(Role::norm, "k_norm.weight", {{spec.head_dim}});
  projections.built = norm.built = projections.quantizable = false;
  layer.modules.push_back(std::move(projections));
  layer.modules.push_back(std::move(norm));
}

std::int64_t full_head_dim(const Builder& b) {
  for (const std::string_view name : b.text.object("per_layer_config").names())
    if (const auto dim = b.text.object("per_layer_config").object(name).find_integer("head_dim")) return *dim;
  return b.text.positive("global_head_dim", 512);
}

void describe_gemma4(Builder& b) {
  const std::int64_t shared_from = b.sizes.layers - b.text.integer("num_kv_shared_layers", 0);
  const bool experts = b.text.flag("enable_moe_block"), k_eq_v = b.text.flag("attention_k_eq_v");
  AttentionSpec local = b.attention();
  local.qkv_bias = local.out_bias = b.text.flag("attention_bias");
  local.qk_norm = QkNorm::head;
  AttentionSpec full = local;
  local.window = b.window();
  full.head_dim = full_head_dim(b);
  if (k_eq_v) full.kv_heads = b.text.positive("num_global_key_value_heads", full.kv_heads);
  local.rope = b.rope({.parameters = b.rope_parameters("sliding_attention"), .own_parameters = true});
  // Proportional rope rotates a part, but its table has the whole width.
  full.rope = b.rope(
      {.dim = full.head_dim, .parameters = b.rope_parameters("full_attention"), .own_parameters = true, .kind = 1});
  // A sharing layer reads the last one of its kind before all of them.
  for (const bool slides : {false, true}) {
    std::int64_t last = shared_from - 1;
    while (last >= 0 && b.slides(last) != slides) --last;
    if (shared_from < b.sizes.layers && last >= 0 && (b.model.one_stage_from < 0 || last < b.model.one_stage_from))
      b.model.one_stage_from = last;
  }
  b.embeddings("aaa");
  b.outside(Stage::every, buffer(Role::embedding, "normalizer", {}));
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return (b.slides(i) ? sliding : 0) | (i >= shared_from ? shared : 0); },
      [&](Layer& layer, int kind) {
        AttentionSpec attention = kind & sliding ? local : full;
        attention.reuses_cache = kind & shared;
        attention.shares_kv = (kind & shared) && b.since(30);
        b.add(layer, attention);
        if (attention.shares_kv) add_unused_kv(b, layer, attention);
        else if (k_eq_v && !(kind & sliding))
          layer.modules.front().repeated_rows = attention.kv_heads * attention.head_dim;
        MlpSpec mlp = b.mlp();
        if ((kind & shared) && b.text.flag("use_double_wide_mlp")) mlp.inner *= 2;
        b.add(layer, mlp);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_feedforward_layernorm.weight",
                        "post_feedforward_layernorm.weight"});
        if (experts) add_experts_gemma4(b, layer);
        layer.modules.push_back(buffer(Role::norm, "layer_scalar", {{1}}));
        layer.modules.back().in_checkpoint = true;
      });
  if (const std::int64_t width = b.text.integer("hidden_size_per_layer_input", 0); width > 0)
    add_per_layer_embedding(b, width);
}

}  // namespace

extern const Family gemma4{
    .id = "gemma4",
    .architectures = "Gemma4ForCausalLM",
    .model_types = "gemma4_text",
    .source = "vllm/model_executor/models/gemma4.py",
    .describe = describe_gemma4,
};

}  // namespace vram_gauge::families
