#include "blocks/mla.hpp"

#include <algorithm>

#include "builder.hpp"

namespace vram_gauge {
namespace {

Module named(Module module, std::string_view grandparent, std::string_view parent) {
  module.grandparent = grandparent;
  module.parent = parent;
  return module;
}

// Its keys are projected together with the heads' weights, in the model's dtype whatever the checkpoint's format.
void add_indexer(Layer& layer, const MlaSpec& spec, std::int64_t hidden) {
  constexpr std::string_view name = "indexer.";
  Module keys = replicated(Role::attention, "wk_weights_proj", hidden, {{spec.index_dim}, {spec.index_heads}});
  keys.quantizable = false;
  Module norm = layer_norm("k_norm.weight", spec.index_dim, Dtype::float32);
  Module queries =
      replicated(Role::attention, "wq_b", spec.q_lora, {{spec.index_heads * spec.index_dim, 1, Split::none, "wq_b"}});
  layer.modules.push_back(named(std::move(queries), spec.name, name));
  layer.modules.push_back(named(std::move(keys), spec.name, name));
  layer.modules.push_back(named(std::move(norm), spec.name, name));
  if (spec.index_rope >= 0) layer.ropes |= 1u << spec.index_rope;
  if (spec.index_pool > 0) {
    layer.modules.push_back(named(
        tensor(Role::attention, "index_kpool_compress_ape", {{spec.index_pool}, {spec.index_dim}}, Dtype::float32),
        spec.name, name));
    layer.modules.push_back(
        named(tensor(Role::attention, "index_kpool_compress_gate", {{spec.index_dim}, {hidden}}), spec.name, name));
  }
  Cache cache;
  cache.kind = Cache::Kind::mla;
  cache.name = "indexer";
  cache.fixed_bytes = spec.index_dim + spec.index_dim / 128 * 4;  // one byte each and a float32 scale per 128
  if (spec.index_pool > 0) cache.tokens_per_entry = spec.index_pool;
  layer.caches.push_back(std::move(cache));
  if (spec.index_pool == 0) return;
  // The keys and gates of the tokens whose pool isn't full yet.
  Cache tail;
  tail.kind = Cache::Kind::circular;
  tail.name = "tail";
  tail.kv_heads = {2};
  tail.head_size = spec.index_dim;
  tail.block_size = spec.index_pool;
  tail.ring = Cache::Ring::power_of_two_multiples;
  tail.packed = tail.model_dtype = true;
  layer.caches.push_back(std::move(tail));
}

// Model types whose latent attention vLLM runs as such (vllm/transformers_utils/model_arch_config_convertor.py:
// is_deepseek_mla); the others keep all heads in the cache.
bool is_latent_type(std::string_view type) {
  constexpr std::string_view types[] = {
      "axk1",        "deepseek_v2",   "deepseek_v3",     "deepseek_v32",   "dots3_note",
      "glm5_next",   "glm_moe_dsa",   "glm5_next_text",  "glm4_moe_lite",  "kimi_k2",
      "kimi_linear", "longcat_flash", "pangu_ultra_moe", "bailing_hybrid", "hy_v4"};
  return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

// Which layers own an indexer; the others attend to what an earlier one picked.
bool picks(std::string_view pattern, std::int64_t offset, std::int64_t period, std::int64_t layer) {
  if (pattern.empty()) return std::max<std::int64_t>(layer - offset + 1, 0) % period == 0;
  return layer >= static_cast<std::int64_t>(pattern.size()) || pattern[static_cast<std::size_t>(layer)] != 'S';
}

}  // namespace

MlaSpec Builder::mla() {
  MlaSpec spec;
  spec.heads = sizes.heads;
  spec.q_lora = text.positive("q_lora_rank", 0);
  spec.kv_lora = sizes.kv_lora_rank = text.size("kv_lora_rank");
  spec.nope = sizes.nope_dim = text.size("qk_nope_head_dim");
  spec.rope_dim = sizes.rope_dim = text.integer("qk_rope_head_dim", 0);
  spec.v = sizes.v_dim = text.size("v_head_dim");
  spec.absorbed = is_latent_type(model.model_type);
  if (spec.rope_dim > 0) spec.rope = rope({.head_dim = spec.rope_dim});
  // layers/attention's prefill kernels (v1/attention/backends/mla/prefill/flash_attn.py:supports_mla_dimensions)
  else if (spec.absorbed && (spec.nope != 256 || spec.v != 256))
    inexact("vLLM has no kernels for latent attention of these sizes without a rotary part.");
  sizes.index_topk = text.integer("index_topk", 0, max_tokens);
  if (sizes.index_topk <= 0) return spec;
  spec.index_heads = text.size("index_n_heads");
  spec.index_dim = text.size("index_head_dim");
  // The same table only where both rotate the same way.
  if (spec.rope_dim > 0)
    spec.index_rope = rope({.head_dim = spec.rope_dim, .kind = text.flag("indexer_rope_interleave") ? 0 : 1});
  return spec;
}

std::vector<bool> Builder::indexed_layers() const {
  // Before 0.22 every layer picks for itself.
  if (!since(22)) return {};
  const std::string_view pattern =
      text.is_text("index_topk_pattern") ? text.text("index_topk_pattern") : std::string_view();
  const std::int64_t period = text.positive("index_topk_freq", 1);
  const std::int64_t offset = since(23) ? text.index("index_skip_topk_offset", 2) : 2;
  return layers_where([&](std::int64_t i) { return picks(pattern, offset, period, i); });
}

void Builder::add(Layer& layer, const MlaSpec& spec, bool indexed) {
  const std::size_t first = layer.modules.size();
  const std::int64_t latent = spec.kv_lora + spec.rope_dim, head = spec.nope + spec.rope_dim;
  const Dim keys{latent, 1, Split::none, "kv_a_proj_with_mqa"}, queries{spec.q_lora, 1, Split::none, "q_a_proj"};
  const Dim gate{spec.heads, spec.v, Split::even, "g_proj"};
  const auto project = [&](std::string_view name, std::vector<Dim> outs) {
    layer.modules.push_back(column(Role::attention, name, sizes.hidden, std::move(outs)));
  };
  if (spec.q_lora > 0 && spec.absorbed && spec.fused) {
    if (spec.output_gate) project("fused_qkv_a_g_proj", {queries, keys, gate});
    else project("fused_qkv_a_proj", {queries, keys});
  } else {
    if (spec.q_lora > 0) project("q_a_proj", {queries});
    project("kv_a_proj_with_mqa", {keys});
    if (spec.output_gate) project("g_proj", {gate});
  }
  if (spec.q_lora > 0) layer.modules.push_back(tensor(Role::norm, "q_a_layernorm.weight", {{spec.q_lora}}));
  const std::string_view query = spec.q_lora > 0 ? "q_b_proj" : "q_proj";
  layer.modules.push_back(column(Role::attention, query, spec.q_lora > 0 ? spec.q_lora : sizes.hidden,
                                 {{spec.heads, head, Split::even, query}}));
  layer.modules.push_back(tensor(Role::norm, "kv_a_layernorm.weight", {{spec.kv_lora}}));
  layer.modules.push_back(
      column(Role::attention, "kv_b_proj", spec.kv_lora, {{spec.heads, spec.nope + spec.v, Split::even, "kv_b_proj"}}));
  layer.modules.push_back(row(Role::attention, "o_proj", 1, sizes.hidden));
  layer.modules.back().dims.back() = {spec.heads, spec.v, Split::even};
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].parent = spec.name;
  if (spec.rope >= 0) layer.ropes |= 1u << spec.rope;
  ++layer.attention_scales;
  if (indexed && spec.index_heads > 0) add_indexer(layer, spec, sizes.hidden);
  Cache cache;
  if (spec.absorbed) {
    layer.mla = true;
    cache.kind = Cache::Kind::mla;
    cache.head_size = latent;
  } else {
    cache.kv_heads = {spec.heads, 1, Split::heads};
    cache.head_size = cache.head_size_v = head;  // values are padded to the keys' size
  }
  layer.caches.push_back(std::move(cache));
}

}  // namespace vram_gauge
