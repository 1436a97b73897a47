#include "builder.hpp"

#include <algorithm>

#include "build_model.hpp"
#include "words.hpp"

namespace vram_gauge {

Builder::Builder(ConfigReader root_config, ConfigReader text_config, const BuildContext& build, Model& built)
    : root(std::move(root_config)), text(std::move(text_config)), context(build), model(built), sizes(built.sizes) {
  model.model_type = text.model_type();
  read_sizes();
  read_layer_types();
  reach_target_positions();
}

void Builder::inexact(std::string reason) {
  if (std::find(model.inexact.begin(), model.inexact.end(), reason) == model.inexact.end())
    model.inexact.push_back(std::move(reason));
}

// Sizes in the order of vllm/transformers_utils/model_arch_config_convertor.py.
void Builder::read_sizes() {
  sizes.hidden = text.integer("hidden_size|n_embd|d_model|n_embed|model_dim", 0);
  sizes.layers = text.integer("num_hidden_layers|n_layer|num_layers|n_layers", 0, max_layers);
  sizes.heads = text.positive("num_attention_heads|n_head|num_heads|n_heads", 0);
  // Files of latent attention have it as 0, where nobody asks for it.
  sizes.head_dim =
      text.find_integer("head_dim|hidden_size_per_head", max_size, text.has("kv_lora_rank") ? 0 : 1).value_or(0);
  if (sizes.head_dim == 0) sizes.head_dim = per_head(sizes.hidden, sizes.heads);
  sizes.kv_heads = text.positive(
      "n_head_kv|num_kv_heads|num_key_value_heads|multi_query_group_num|num_attention_groups", sizes.heads);
  sizes.inner =
      text.is_array("intermediate_size") ? 0 : text.integer("intermediate_size|ffn_dim|n_inner|ffn_hidden_size", 0);
  sizes.vocab = text.integer("vocab_size|padded_vocab_size", 0);
  sizes.max_positions = text.integer(
      "max_position_embeddings",
      text.integer("n_positions|max_seq_len|seq_length|model_max_length|max_sequence_length", 0, max_tokens),
      max_tokens);
}

std::string_view Builder::quant_method() const { return quantization_of(root, text).text("quant_method"); }
std::string_view Builder::quant_format() const { return quantization_of(root, text).text("format"); }

bool Builder::quantization_spares(std::string_view part) const {
  const auto names = quantization_of(root, text).texts("ignore|ignored_layers|modules_to_not_convert|exclude_modules");
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return contains(name, part); });
}

void Builder::ignore_head_dim() { sizes.head_dim = per_head(sizes.hidden, sizes.heads); }

AttentionSpec Builder::attention() const {
  AttentionSpec spec;
  spec.heads = sizes.heads;
  spec.kv_heads = sizes.kv_heads;
  spec.head_dim = sizes.head_dim;
  return spec;
}

std::int64_t Builder::served_length() {
  model.depends_on_length = true;
  return context.max_model_len;
}

std::int64_t Builder::served_positions() {
  const std::int64_t length = served_length();
  return length > 0 ? std::min(sizes.max_positions, length) : sizes.max_positions;
}

MlpSpec Builder::mlp() const {
  MlpSpec spec;
  spec.inner = sizes.inner;
  return spec;
}

MoeSpec Builder::moe(bool none_too) {
  MoeSpec spec;
  constexpr std::string_view counts = "num_experts|moe_num_experts|n_routed_experts|num_local_experts";
  spec.experts = text.first(counts, 0);
  if (spec.experts == 0 && !none_too && text.has(counts)) inexact("A model of experts without any is not modelled.");
  spec.top_k = text.first("num_experts_per_tok|num_experts_per_token|top_k_experts|moe_topk|moe_top_k", 1,
                          spec.experts > 1 ? spec.experts : max_size);
  if (model.transformers_backend && since(33)) spec.balancing = Balancing::done;  // transformers/moe.py
  spec.inner = text.first("moe_intermediate_size|moe_ffn_hidden_size|expert_ffn_hidden_size", sizes.inner);
  sizes.experts = spec.experts;
  sizes.top_k = spec.top_k;
  sizes.expert_inner = spec.inner;
  return spec;
}

std::int64_t Builder::num_labels(const ConfigReader& config) {
  const auto named = static_cast<std::int64_t>(config.object("id2label").names().size());
  return config.positive("num_labels", named > 0 ? named : 2);
}

void Builder::outside(Stage stage, Module module) { model.outside.push_back({std::move(module), stage}); }

DecoderSpec Builder::decoder_spec(const RopeSpec& table) {
  DecoderSpec spec;
  spec.attention = attention();
  spec.mlp = mlp();
  spec.attention.qkv_bias = spec.attention.out_bias = text.flag("attention_bias");
  spec.mlp.bias = text.flag("mlp_bias");
  spec.attention.rope = rope(table);
  return spec;
}

void Builder::see_everything(AttentionSpec& spec) {
  spec.cache = false;
  model.encoder_only = true;
}

void Builder::heed_is_causal(AttentionSpec& spec) {
  if (!text.flag("is_causal", true)) see_everything(spec);
}

DecoderSpec Builder::llama_spec() {
  DecoderSpec spec = decoder_spec();
  heed_is_causal(spec.attention);
  AttentionSpec& attention = spec.attention;
  attention.qkv_bias = attention.out_bias |= text.flag("bias", context.architecture == "InternLMForCausalLM");
  if (!text.absent("qkv_bias")) attention.qkv_bias = text.flag("qkv_bias");
  return spec;
}

DecoderSpec Builder::latent_decoder_spec() {
  DecoderSpec spec;
  spec.mla = mla();
  if (spec.mla.index_heads > 0) spec.indexed = indexed_layers();
  spec.mlp = mlp();
  return spec;
}

void Builder::add(const DecoderSpec& spec) {
  OutsideSpec around = spec.outside;
  around.norm_bias |= spec.norm_bias;
  embeddings(around);
  constexpr int sliding = 1, sparse = 2, indexed = 4;
  const auto says = [](const std::vector<bool>& flags, std::int64_t i) {
    return flags.empty() || entry(flags, i, false);
  };
  const auto kind_of = [&](std::int64_t i) {
    return (slides(i) ? sliding : 0) | (says(spec.sparse, i) ? sparse : 0) | (says(spec.indexed, i) ? indexed : 0);
  };
  layers(sizes.layers, kind_of, [&](Layer& layer, int kind) {
    AttentionSpec attention = kind & sliding && spec.sliding.heads > 0 ? spec.sliding : spec.attention;
    attention.window = kind & sliding && attention.chunk == 0 ? window() : 0;
    if (spec.mla.heads > 0) add(layer, spec.mla, (kind & indexed) != 0);
    else add(layer, attention);
    if (kind & sparse && spec.moe.experts > 0) add(layer, spec.moe);
    else add(layer, spec.mlp);
    if (spec.beside.inner > 0) add(layer, spec.beside);
    for (const std::string_view name : spec.norms) norm(layer, name, sizes.hidden, spec.norm_bias);
    for (const Module& module : spec.extra) layer.modules.push_back(module);
  });
}

void Builder::predictors(const DecoderSpec& spec, bool vocabulary) {
  const std::int64_t count = text.integer("num_nextn_predict_layers", 0, max_factor);
  if (count == 0) return;
  Layer& layer = model.mtp;
  if (spec.mla.heads > 0) add(layer, spec.mla);
  else add(layer, spec.attention);
  if (spec.moe.experts > 0) add(layer, spec.moe);
  else add(layer, spec.mlp);
  for (const std::string_view name : spec.norms) norm(layer, name, sizes.hidden);
  predicts_from_streams(count);
  if (vocabulary)
    for (const std::string_view name : {"embed_tokens", "shared_head.head"}) {
      layer.modules.push_back(::vram_gauge::vocabulary(Role::other, name, sizes.vocab, sizes.hidden));
      layer.modules.back().built = false;
    }
}

void Builder::predicts_from_streams(std::int64_t count) {
  norms(model.mtp, {"enorm.weight", "hnorm.weight", "shared_head.norm.weight"});
  model.mtp.modules.push_back(replicated(Role::other, "eh_proj", 2 * sizes.hidden, {{sizes.hidden}}));
  model.mtp.modules.back().quantizable = false;
  predicts(count);
}

void Builder::predicts(std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) model.mtp.numbers.push_back(static_cast<std::int32_t>(i));
}

void Builder::predicts(std::int64_t count, std::string_view name) {
  Module fused = column(Role::other, name, 2 * sizes.hidden, {{sizes.hidden, 1, Split::even}});
  fused.quantizable = false;
  model.mtp.modules.push_back(std::move(fused));
  model.mtp_prefix = "mtp.layers.";
  predicts(count);
}

void loop(Layer& layer, std::int64_t passes) {
  const std::int64_t times = std::max<std::int64_t>(1, passes);
  layer.attention_scales = static_cast<int>(times);
  if (!layer.caches.empty()) layer.caches.resize(static_cast<std::size_t>(times), layer.caches.front());
}

void make_pooling(Model& model) {
  model.pooling = true;
  std::erase_if(model.outside, [](const Placed& placed) { return placed.module.role == Role::lm_head; });
}

void uncache_attention(Model& model) {
  model.whole_prompts = true;
  for (Layer& layer : model.layers) {
    if (layer.attention_scales == 0 || layer.caches.empty()) continue;
    model.uncached_attention = layer.caches.front();
    layer.caches.clear();
  }
}

Module& Builder::pooling_head(std::string_view name, std::int64_t in, std::int64_t out, bool bias, Dtype dtype) {
  Module head = replicated(Role::other, name, in, {{out}}, bias);
  head.quantizable = false;
  head.dtype = dtype;
  outside(Stage::every, std::move(head));
  return model.outside.back().module;
}

void Builder::embeddings(const OutsideSpec& spec) {
  const auto stage = [](char letter) {
    return letter == 't'   ? Stage::first_and_tied_last
           : letter == 'f' ? Stage::first
           : letter == 'l' ? Stage::last
                           : Stage::every;
  };
  outside(stage(spec.placement[0]), vocabulary(Role::embedding, spec.embedding, sizes.vocab, sizes.hidden));
  if (spec.placement[1] != '-') {
    Module norm = tensor(Role::norm, spec.norm, {{sizes.hidden}});
    norm.bias = spec.norm_bias;
    outside(stage(spec.placement[1]), std::move(norm));
  }
  if (spec.placement[2] == '-') return;
  Module head = vocabulary(Role::lm_head, spec.head, sizes.vocab, sizes.hidden);
  head.bias = spec.head_bias;
  head.nameless = spec.nameless_head;
  head.quantizable = true;
  outside(stage(spec.placement[2]), std::move(head));
}

void Builder::plain_table(Stage stage, std::string_view name, std::int64_t rows, std::int64_t columns) {
  outside(stage, tensor(Role::embedding, name, {{rows}, {columns}}));
}

Layer& Builder::layer_of_kind(int kind, bool& fresh) {
  const auto found = std::find(kinds_.begin(), kinds_.end(), kind);
  fresh = found == kinds_.end();
  if (!fresh) return model.layers[static_cast<std::size_t>(found - kinds_.begin())];
  kinds_.push_back(kind);
  return model.layers.emplace_back();
}

void Builder::norm(Layer& layer, std::string_view name, std::int64_t size, bool bias) {
  Module weight = tensor(Role::norm, name, {{size}});
  weight.bias = bias;
  layer.modules.push_back(std::move(weight));
}

void Builder::norms(Layer& layer, std::initializer_list<std::string_view> names, bool bias) {
  for (const std::string_view name : names) norm(layer, name, sizes.hidden, bias);
}

Module column(Role role, std::string_view name, std::int64_t in, std::vector<Dim> outs, bool bias) {
  Module module{.kind = Module::Kind::linear, .role = role, .name = name, .dims = std::move(outs), .bias = bias};
  module.quantizable = true;
  module.dims.push_back({in});
  return module;
}

Module row(Role role, std::string_view name, std::int64_t in, std::int64_t out, bool bias) {
  Module module = column(role, name, in, {{out}}, bias);
  module.dims.back().split = Split::even;
  return module;
}

Module replicated(Role role, std::string_view name, std::int64_t in, std::vector<Dim> outs, bool bias) {
  return column(role, name, in, std::move(outs), bias);
}

Module tensor(Role role, std::string_view name, std::vector<Dim> dims, Dtype dtype) {
  return {.kind = Module::Kind::tensor, .role = role, .name = name, .dims = std::move(dims), .dtype = dtype};
}

Module layer_norm(std::string_view name, std::int64_t width, Dtype dtype) {
  Module norm = tensor(Role::norm, name, {{width}}, dtype);
  norm.bias = true;
  return norm;
}

Module buffer(Role role, std::string_view name, std::vector<Dim> dims, Dtype dtype) {
  Module module = tensor(role, name, std::move(dims), dtype);
  module.buffer = true;
  module.in_checkpoint = false;
  return module;
}

Module vocabulary(Role role, std::string_view name, std::int64_t rows, std::int64_t columns) {
  return {.kind = Module::Kind::vocab, .role = role, .name = name, .dims = {{rows}, {columns}}};
}

}  // namespace vram_gauge
