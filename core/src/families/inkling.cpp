#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

static void add_attention_inkling(Builder& b, Layer& layer, bool local) {
  const ConfigReader& c = b.text;
  const std::int64_t heads = local ? c.positive("swa_num_attention_heads", b.sizes.heads) : b.sizes.heads;
  const std::int64_t kv_heads = local ? c.positive("swa_num_key_value_heads", b.sizes.kv_heads) : b.sizes.kv_heads;
  const std::int64_t head_dim = local ? c.positive("swa_head_dim", b.sizes.head_dim) : b.sizes.head_dim;
  const std::int64_t kernel = c.positive("sconv_kernel_size|conv_kernel_size", 4, max_factor),
                     window = c.index("sliding_window_size", 512, max_tokens);
  const Dim keys{kv_heads, head_dim, Split::even};  // a rank without a whole head is refused
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(column(Role::attention, "qkvr", b.sizes.hidden,
                                 {{heads, head_dim, Split::even, "wq_du"},
                                  {kv_heads, head_dim, Split::heads, "wk_dv"},
                                  {kv_heads, head_dim, Split::heads, "wv_dv"},
                                  {heads, c.positive("d_rel", 16), Split::even, "wr_du"}},
                                 c.flag("q_bias")));
  layer.modules.push_back(row(Role::attention, "wo_ud", 1, b.sizes.hidden, c.flag("o_bias")));
  layer.modules.back().dims.back() = {heads, head_dim, Split::even};
  layer.modules.push_back(tensor(Role::attention, "rel_logits_proj.proj",
                                 {{c.positive("d_rel", 16)}, {local ? window : c.positive("rel_extent", 1024)}}));
  for (const std::string_view name : {"q_norm.weight", "k_norm.weight"})
    layer.modules.push_back(tensor(Role::norm, name, {{head_dim}}));
  for (const std::string_view name : {"k_sconv.weight", "v_sconv.weight"})
    layer.modules.push_back(tensor(Role::attention, name, {keys, {1}, {kernel}}));
  for (const std::string_view name : {"k_scale", "v_scale"})
    layer.modules.push_back(buffer(Role::attention, name, {}, Dtype::float32));
  place_under(layer, first, "attn.");
  // The states of the four short convolutions, packed by head (sconv_swa_attn.py); then the attention's own cache.
  Cache states;
  states.kind = Cache::Kind::sliding;
  states.name = "conv_state";
  states.kv_heads = {kv_heads, 1, Split::heads};
  const std::int64_t width = 2 * head_dim + 2 * per_head(b.sizes.hidden, kv_heads);
  for (states.head_size = 1; states.head_size < width;) states.head_size *= 2;
  states.block_size = states.window = kernel;
  states.model_dtype = true;
  layer.caches.push_back(std::move(states));
  Cache cache;
  cache.kind = local ? Cache::Kind::sliding : Cache::Kind::full;
  cache.window = local ? window : 0;
  cache.kv_heads = {kv_heads, 1, Split::heads};
  cache.head_size = cache.head_size_v = head_dim;
  layer.caches.push_back(std::move(cache));
}

static void add_experts_inkling(Builder& b, Layer& layer) {
  const ConfigReader& c = b.text;
  MoeSpec moe = b.moe();
  const std::int64_t shared = c.integer("n_shared_experts", 0), gates = round_up(moe.experts + shared, 8);
  b.add(layer, moe);
  const std::size_t first = layer.modules.size();
  for (Module& module : layer.modules)
    if (module.name == "gate")
      module = tensor(Role::experts, "gate.weight", {{gates}, {b.sizes.hidden}}), module.parent = "mlp.";
  if (c.flag("use_global_scale"))
    layer.modules.push_back(tensor(Role::experts, "gate.global_scale", {{1}}, Dtype::float32));
  if (c.flag("use_gate_bias"))
    layer.modules.push_back(tensor(Role::experts, "gate.bias", {{moe.experts}}, Dtype::float32));
  layer.modules.push_back(
      tensor(Role::mlp, "sink_experts.w13_weight", {{shared}, {2 * moe.inner, 1, Split::even}, {b.sizes.hidden}}));
  layer.modules.push_back(
      tensor(Role::mlp, "sink_experts.w2_weight", {{b.sizes.hidden}, {moe.inner, shared, Split::even}}));
  place_under(layer, first, "mlp.");
}

static void add_layer_inkling(Builder& b, Layer& layer, bool local, bool sparse) {
  add_attention_inkling(b, layer, local);
  b.norms(layer, {"attn_norm.weight", "mlp_norm.weight"});
  if (sparse) {
    add_experts_inkling(b, layer);
  } else {
    b.add(layer, MlpSpec{.inner = b.text.integer("dense_intermediate_size", b.sizes.inner)});
    if (b.text.flag("use_global_scale")) layer.modules.push_back(tensor(Role::mlp, "mlp.global_scale", {{1}}));
  }
  const std::int64_t kernel = b.text.positive("sconv_kernel_size|conv_kernel_size", 4, max_factor);
  for (const std::string_view name : {"attn_sconv.weight", "mlp_sconv.weight"})
    layer.modules.push_back(tensor(Role::other, name, {{b.sizes.hidden, 1, Split::even}, {1}, {kernel}}));
}

// nvidia/mtp.py: as many as tokens are drafted, dense.
static void add_predictors_inkling(Builder& b) {
  const ConfigReader mtp = b.root.object("mtp_config");
  const std::int64_t all = mtp.integer("num_nextn_predict_layers", 0, max_factor),
                     drafts = b.context.speculative_tokens, count = drafts > 0 ? std::min(all, drafts) : all;
  const std::vector<std::int64_t> locals = mtp.integers("local_layer_ids");
  const std::int64_t local = std::count_if(locals.begin(), locals.end(), [&](std::int64_t i) { return i < count; });
  // Layers of both kinds, and a norm beside several, stay a guess.
  b.model.mtp_unmodelled = (local > 0 && local < count) || (count > 1 && mtp.flag("chain_hidden_post_norm"));
  if (count == 0 || b.model.mtp_unmodelled) return;
  Layer& layer = b.model.mtp;
  add_layer_inkling(b, layer, local > 0, false);
  b.norms(layer, {"hidden_norm.weight", "embed_norm.weight"});
  if (mtp.flag("chain_hidden_post_norm")) b.norm(layer, "chain_norm.weight", b.sizes.hidden);
  layer.modules.push_back(replicated(Role::other, "input_proj", 2 * b.sizes.hidden, {{b.sizes.hidden}}));
  b.model.mtp_embeds = false;
  b.predicts(count);
}

static void describe_inkling(Builder& b) {
  b.model.tied = false;  // whatever the file says
  const ConfigReader& c = b.text;
  if (b.root.object("vision_config").has("decoder_dmodel") || b.root.object("audio_config").has("decoder_dmodel"))
    b.inexact("Inkling's vision and audio towers are not counted.");
  const std::int64_t rows = c.positive("padded_vocab_size", b.sizes.vocab), dense = c.index("dense_mlp_idx", 0);
  b.plain_table(Stage::every, "embed_tokens.weight", rows, b.sizes.hidden);
  if (c.flag("use_embed_norm")) b.outside(Stage::every, tensor(Role::norm, "embed_norm.weight", {{b.sizes.hidden}}));
  b.outside(Stage::every, tensor(Role::norm, "norm.weight", {{b.sizes.hidden}}));
  Module head = vocabulary(Role::lm_head, "lm_head", rows, b.sizes.hidden);
  head.quantizable = true;
  b.outside(Stage::every, std::move(head));
  std::vector<bool> local(static_cast<std::size_t>(b.sizes.layers));
  for (const std::int64_t i : c.integers("local_layer_ids"))
    if (i >= 0 && i < b.sizes.layers) local[static_cast<std::size_t>(i)] = true;
  const auto kind_of = [&](std::int64_t i) {
    return (local[static_cast<std::size_t>(i)] ? 1 : 0) | (i < dense ? 2 : 0);
  };
  b.layers(b.sizes.layers, kind_of,
           [&](Layer& layer, int kind) { add_layer_inkling(b, layer, (kind & 1) != 0, (kind & 2) == 0); });
  add_predictors_inkling(b);
}

extern const Family inkling{
    .id = "inkling",
    .architectures = "InklingForConditionalGeneration InklingForCausalLM",
    .model_types = "inkling_model inkling_text",
    .source = "vllm/models/inkling/nvidia/",
    .describe = describe_inkling,
};

}  // namespace vram_gauge::families
