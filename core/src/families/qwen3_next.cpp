#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

// Marlin's kernels want at least 64 columns a rank, which a divided projection of b and a hasn't
// (layers/mamba/gdn/qwen_gdn_linear_attn.py:maybe_disable_tp).
static bool has_whole_gates(Builder& b) {
  ConfigReader quantization = b.root.object("quantization_config");
  if (!quantization) quantization = b.text.object("quantization_config");
  const std::string_view method = quantization.text("quant_method");
  const bool marlin = method == "awq" || method == "gptq" || method == "auto-round" || method == "inc";
  if (!marlin || b.context.capability == 0 || !b.since(20)) return false;
  if (!b.since(25))
    b.inexact("Whether this release divides the gates' projection under " + std::string(method) +
              " was not looked at.");
  return true;
}

static DeltaNetSpec delta_net_qwen3_next(Builder& b, bool next) {
  DeltaNetSpec spec;
  spec.key_heads = b.text.size("linear_num_key_heads");
  spec.value_heads = b.text.size("linear_num_value_heads");
  spec.key_dim = b.text.size("linear_key_head_dim");
  spec.value_dim = b.text.size("linear_value_head_dim");
  spec.kernel = b.text.size("linear_conv_kernel_dim", max_factor);
  spec.layout = next ? DeltaNetSpec::Layout::interleaved : DeltaNetSpec::Layout::separate;
  // vllm/model_executor/models/config.py:Qwen3_5ForConditionalGenerationConfig
  if (!next) spec.whole_gates = has_whole_gates(b);
  if (!next) spec.recurrent = float_dtype(b.text.text("mamba_ssm_dtype")).value_or(Dtype::model);
  return spec;
}

// Intern-S2-Mobius: a few banks of experts that layers take in turn, outside of them and on every stage; a layer itself
// has only the shared expert (interns2_mobius.py).
static void add_banks_qwen3_next(Builder& b) {
  MoeSpec moe = b.moe();
  moe.rank_needs_expert = true;
  Layer bank;
  b.add(bank, moe);
  for (Module& module : bank.modules) {
    module.grandparent = "meta_mlp.*.";
    module.parent = {};
    module.repeat *= b.text.size("num_blocks", max_layers);
    b.outside(Stage::every, std::move(module));
  }
}

static void add_shared_qwen3_next(Builder& b, Layer& layer) {
  MlpSpec shared = b.mlp();
  shared.inner = b.text.size("shared_expert_intermediate_size");
  shared.name = "mlp.shared_expert.";
  b.add(layer, shared);
  layer.modules.push_back(replicated(Role::mlp, "mlp.shared_expert_gate", b.sizes.hidden, {{1}}));
  layer.modules.back().quantizable = false;
}

static void feed_forward_qwen3_next(Builder& b, Layer& layer, bool sparse) {
  if (!sparse) return b.add(layer, b.mlp());
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done, moe.rank_needs_expert = true;
  moe.shared_inner = b.text.integer("shared_expert_intermediate_size", 0);
  moe.shared_gate = true;
  moe.shared = "shared_expert.";
  b.add(layer, moe);
}

// vllm/model_executor/models/qwen3_next_mtp.py, qwen3_5_mtp.py
static void predictor_qwen3_next(Builder& b, const AttentionSpec& attention, bool sparse) {
  Layer& layer = b.model.mtp;
  b.add(layer, attention);
  feed_forward_qwen3_next(b, layer, sparse);
  b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  b.norms(layer, {"pre_fc_norm_embedding.weight", "pre_fc_norm_hidden.weight", "norm.weight"});
  b.predicts(1, "fc");
}

// Qwen4-Exp: several streams, mixed before attention and feed-forward in place of a norm; `combine`: and injected
// after. vllm/models/qwen4_exp/nvidia/hyperconnection.py:GatedResidual
static std::vector<Module> gated_residual_qwen3_next(Builder& b, std::string_view name, bool combine) {
  const std::int64_t streams = b.text.size("hc_count", max_factor), rank = b.text.size("hc_lowrank"),
                     wide = streams * b.sizes.hidden, padding = combine ? -(rank + streams) & 15 : 0;
  std::vector<Module> modules;
  modules.push_back(tensor(Role::norm, "hc_norm.weight", {{wide}}, Dtype::bfloat16));
  modules.push_back(replicated(Role::other, "down", wide, {{rank + (combine ? streams : 0) + padding}}));
  modules.push_back(replicated(Role::other, "input_mix_weight_up", rank, {{wide}}));
  for (Module& module : modules) module.quantizable = false, module.dtype = Dtype::bfloat16, module.parent = name;
  return modules;
}

// Rows of the tables of a layer's n-grams, the n-th with any: one prime per head, the next ones from a base on.
static std::int64_t table_rows_qwen4_exp(std::int64_t base, std::int64_t heads, std::int64_t n) {
  const auto is_prime = [](std::int64_t value) {
    for (std::int64_t by = 2; by * by <= value; ++by)
      if (value % by == 0) return false;
    return value > 1;
  };
  std::int64_t rows = 0, value = base;
  for (std::int64_t found = 0; found < heads * (n + 1); ++value)
    if (is_prime(value) && ++found > heads * n) rows += value;
  return rows;
}

// nvidia/ple_layer.py: what n-grams say, looked up in tables in the host's memory and mixed in by a convolution.
static void add_ngrams_qwen4_exp(Builder& b, Layer& layer, std::int64_t n) {
  const std::int64_t wide = b.text.size("hc_count", max_factor) * b.sizes.hidden, in = b.text.size("ple_embed_dim"),
                     longest = b.text.positive("ngram_size", 3, 64),
                     kernel = b.text.positive("ple_conv_kernel_size", 4, 64),
                     heads = (longest - 1) * b.text.positive("heads_per_ngram", 8, 64),
                     base = b.text.positive("ngram_vocab_size_base", 20000000, std::int64_t{1} << 26);
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(replicated(Role::other, "kv_proj", in, {{wide}, {b.sizes.hidden}}));
  for (const std::string_view name : {"norm_key.weight", "norm_query.weight", "norm_conv.weight"})
    layer.modules.push_back(tensor(Role::norm, name, {{wide}}));
  layer.modules.push_back(tensor(Role::other, "conv1d.weight", {{wide}, {1}, {kernel}}));
  layer.modules.push_back(buffer(Role::other, "ple_embedding.layer_multipliers", {{longest}}, Dtype::int64));
  for (const std::string_view name : {"ple_embedding.ngram_heads_vocab_sizes", "ple_embedding.ngram_heads_offsets"})
    layer.modules.push_back(buffer(Role::other, name, {{heads}}, Dtype::int64));
  const bool scaled = b.quant_method() == "fp8" && !b.quantization_spares("ple") && !b.text.has("ple_embedding_dtype");
  if (scaled)
    layer.modules.push_back(tensor(Role::other, "ple_embedding.ngram_embedding.weight_scale", {{1}}, Dtype::float32));
  else if (!b.quant_method().empty() || b.text.has("ple_embedding_dtype"))
    b.inexact("The scales of quantized tables of n-grams are not counted.");
  if (heads > 0 && heads * (n + 1) <= 512)
    layer.modules.push_back(tensor(Role::embedding, "ple_embedding.ngram_embedding.weight",
                                   {{table_rows_qwen4_exp(base, heads, n)}, {in / heads}}));
  else b.inexact("So many tables of n-grams are not counted among the parameters.");
  layer.modules.back().built = layer.modules.back().name != "ple_embedding.ngram_embedding.weight";
  place_under(layer, first, "ple.");
  add_state_cache(b, layer, Cache::Mixer::short_conv, {{(kernel - 1) * longest, {{wide}}, Dtype::model, true}});
  layer.caches.back().checkpoints = true;
}

// nvidia/qsa.py, indexer_qsa.py: what picks the tokens to attend to, projected with the attention's queries and keys:
// a key for each few tokens, and a ring of those that are not complete.
static void add_indexer_qwen4_exp(Builder& b, Layer& layer, std::size_t qkv, bool places) {
  const std::int64_t dim = b.text.size("indexer_head_dim"),
                     ratio = b.text.positive("indexer_compress_ratio", 1, max_factor),
                     heads = b.text.size("indexer_n_heads") + b.text.size("indexer_kv_heads");
  std::vector<Dim>& dims = layer.modules[qkv].dims;
  dims.insert(dims.end() - 1, {heads * dim, 1, Split::none, "index_qk_proj"});
  const std::size_t first = layer.modules.size();
  for (const std::string_view name : {"indexer.q_layernorm.weight", "indexer.k_layernorm.weight"})
    layer.modules.push_back(tensor(Role::norm, name, {{dim}}));
  layer.modules.push_back(buffer(Role::attention, "topk_indices_buffer",
                                 {{1}, {b.text.size("indexer_budget", max_tokens) + ratio}}, Dtype::int32));
  layer.modules.back().batch_rows = b.model.depends_on_batch = true;
  place_under(layer, first, "self_attn.");
  Cache ring{.kind = Cache::Kind::circular, .name = "indexer.raw_key_cache", .block_size = ratio};
  ring.fixed_bytes = 2 * (places ? round_up(dim, 4) + 12 : dim);
  ring.packed = true;
  Cache keys{.kind = Cache::Kind::mla,
             .name = "indexer.compressed_key_cache",
             .fixed_bytes = 2 * dim,
             .tokens_per_entry = ratio};
  keys.packed = true;
  layer.caches.back().stride_tokens = -1;  // its own kernels
  layer.caches.insert(layer.caches.begin(), {ring, keys});
}

// nvidia/mtp.py
static void add_predictor_qwen4_exp(Builder& b, const AttentionSpec& attention, bool indexed, bool places) {
  Layer& layer = b.model.mtp;
  const std::int64_t hidden = b.sizes.hidden;
  b.add(layer, attention);
  if (indexed) add_indexer_qwen4_exp(b, layer, 0, places);
  feed_forward_qwen3_next(b, layer, true);
  for (const std::string_view name : {"attn_hyper_connection.", "mlp_hyper_connection.", "hyper_connection_mixer."})
    for (Module& module : gated_residual_qwen3_next(b, name, name[0] != 'h'))
      layer.modules.push_back(std::move(module));
  b.norms(layer, {"pre_fc_norm_embedding.weight"});
  b.norm(layer, "pre_fc_norm_hidden.weight", b.text.size("hc_count", max_factor) * hidden);
  for (const std::string_view name : {"fc_embedding", "fc_hidden"})
    layer.modules.push_back(column(Role::other, name, hidden, {{hidden, 1, Split::even}}));
  b.model.mtp_prefix = "mtp.layers.";
  b.predicts(1);
}

static void describe_qwen4_exp(Builder& b) {
  b.model.tied = false;  // whatever the file says
  if (!b.since(33)) b.inexact("Qwen4-Exp was read in 0.33 only.");
  std::vector<std::int64_t> remembers = b.text.integers("ple_layer_ids");
  std::sort(remembers.begin(), remembers.end());
  remembers.erase(std::unique(remembers.begin(), remembers.end()), remembers.end());
  if (!remembers.empty()) b.model.pipeline = false;
  const bool indexed = b.text.has("indexer_n_heads");
  AttentionSpec attention = b.attention();
  attention.output_gate = b.text.flag("attn_output_gate", true);
  attention.qkv_bias = b.text.flag("qkv_bias");
  attention.qk_norm = QkNorm::head;
  const bool text_only = b.context.architecture == "Qwen4ExpForCausalLM" || b.context.shuts_out(all_items);
  attention.rope = b.rope({.mrope_factor = text_only || indexed ? 1 : 4});
  b.embeddings("a-a");
  for (Placed& placed : b.model.outside) placed.module.quantizable = false;
  for (Module& module : gated_residual_qwen3_next(b, "hyper_connection_mixer.", false))
    b.outside(Stage::last, std::move(module));
  b.layers(
      b.sizes.layers,
      [&](std::int64_t i) {  // they count from 1
        const auto at = std::find(remembers.begin(), remembers.end(), i + 1);
        const auto n = at == remembers.end() ? 0 : at - remembers.begin() + 1;
        return (b.type_of(i) == LayerType::linear ? 1 : 0) + 2 * static_cast<int>(n);
      },
      [&](Layer& layer, int kind) {
        if (kind > 1) add_ngrams_qwen4_exp(b, layer, kind / 2 - 1);
        const std::size_t qkv = layer.modules.size();
        if (kind & 1) add(b, layer, delta_net_qwen3_next(b, false));
        else b.add(layer, attention);
        if (!(kind & 1) && indexed) add_indexer_qwen4_exp(b, layer, qkv, !text_only);
        feed_forward_qwen3_next(b, layer, true);
        for (const std::string_view name : {"attn_hyper_connection.", "mlp_hyper_connection."})
          for (Module& module : gated_residual_qwen3_next(b, name, true)) layer.modules.push_back(std::move(module));
      });
  const std::int64_t predictors = b.text.integer("mtp_num_hidden_layers", 1, max_layers);
  b.model.mtp_unmodelled = predictors > 1 || (predictors == 1 && !b.quant_method().empty());
  if (predictors == 1 && b.quant_method().empty()) add_predictor_qwen4_exp(b, attention, indexed, !text_only);
}

static void describe_qwen3_next(Builder& b) {
  if (b.context.architecture.starts_with("Qwen4Exp")) return describe_qwen4_exp(b);
  const bool next = b.context.architecture == "Qwen3NextForCausalLM";
  const bool text_only =
      next || b.context.architecture == "Qwen3_5ForCausalLM" || b.context.architecture == "Qwen3_5MoeForCausalLM";
  const bool experts = next ? b.text.integer("num_experts", 0) > 0 : b.text.model_type() == "qwen3_5_moe_text";
  const bool banks = b.context.architecture == "InternS2MobiusForConditionalGeneration";
  const std::vector<std::int64_t> dense = next ? b.text.integers("mlp_only_layers") : std::vector<std::int64_t>{};
  const std::int64_t step = next ? b.text.positive("decoder_sparse_step", 1) : 1;
  AttentionSpec attention = b.attention();
  attention.output_gate = b.text.flag("attn_output_gate", true);
  attention.qkv_bias = b.text.flag("qkv_bias");
  attention.qk_norm = QkNorm::head;
  // Text-only models lose their M-RoPE sections (Qwen3_5ForCausalLMConfig).
  RopeSpec rope;
  rope.partial = 0.25;
  if (text_only) rope.mrope_factor = 1;
  if (banks) rope.mrope_factor = 4;  // not told of what prunes videos
  attention.rope = b.rope(rope);
  if (b.text.integer("mtp_num_hidden_layers", next ? 1 : 0, max_layers) > 0)
    predictor_qwen3_next(b, attention, experts);
  b.embeddings(next ? "ala" : "all");
  if (banks) add_banks_qwen3_next(b);
  const auto kind_of = [&](std::int64_t i) {
    const bool sparse = experts && (i + 1) % step == 0 && !holds(dense, i);
    return (b.type_of(i) == LayerType::linear ? 1 : 0) + (sparse ? 2 : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    if (kind & 1) add(b, layer, delta_net_qwen3_next(b, next));
    else b.add(layer, attention);
    if (banks) add_shared_qwen3_next(b, layer);
    else feed_forward_qwen3_next(b, layer, kind & 2);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
    if (b.text.flag("layer_scale")) b.norms(layer, {"attn_layer_scale", "ffn_layer_scale"});
  });
}

extern const Family qwen3_next{
    .id = "qwen3_next",
    .architectures = "Qwen3NextForCausalLM Qwen3_5ForCausalLM Qwen3_5MoeForCausalLM Qwen4ExpForCausalLM",
    .model_types = "qwen3_next qwen3_5_text qwen3_5_moe_text qwen4_exp_text",
    .source = "vllm/model_executor/models/qwen3_next.py, qwen3_5.py, interns2_mobius.py, vllm/models/qwen4_exp/",
    .describe = describe_qwen3_next,
};

}  // namespace vram_gauge::families
