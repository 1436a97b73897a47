#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/deepseek_v4.hpp"
#include "families/wrappers.hpp"
#include "towers/deepseek_vit.hpp"

namespace vram_gauge::families {
namespace {

// Layers that keep what others read: compressed keys and values, an indexer, n-grams.
struct Parts {
  bool keeps = false, indexes = false, remembers = false;
  std::int64_t ratio = 0;
};

bool lists_deepseek_v41(const Builder& b, std::string_view key, std::int64_t layer) {
  return holds(b.text.integers(key), layer);
}

// Of a token: the record that the kernels of compute capability 10 want, and the older one; and what pages are padded
// to.
void add_cache_deepseek_v41(const Builder& b, Layer& layer, std::string_view name, std::int64_t bytes,
                            std::int64_t per_entry, std::int64_t window) {
  const bool newer = b.context.capability / 10 == 10;
  Cache cache;
  cache.kind = window > 0 ? Cache::Kind::sliding_mla : Cache::Kind::mla;
  cache.name = name;
  cache.fixed_bytes = bytes ? bytes : newer ? 528 : 584;
  cache.tokens_per_entry = std::max<std::int64_t>(1, per_entry);
  cache.window = window;
  if (window > 0) cache.block_size = 32;
  else if (b.context.capability / 10 != 9) cache.kernel_block = 128;  // sparse_mla.py:get_supported_kernel_block_sizes
  cache.page_alignment = newer ? 512 : 576;
  if (newer && bytes == 0) cache.stride_alignment = cache.fixed_bytes;
  cache.packed = true;
  layer.caches.push_back(std::move(cache));
}

void add_indexer_deepseek_v41(Builder& b, Layer& layer, const Parts& parts, std::int64_t q_lora) {
  const std::int64_t heads = b.text.size("index_n_heads"), dim = b.text.size("index_head_dim");
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(replicated(Role::attention, "wq_b", q_lora, {{heads * dim, 1, Split::none, "wq_b"}}));
  layer.modules.push_back(replicated(Role::attention, "weights_proj", b.sizes.hidden, {{heads}}));
  layer.modules.back().quantizable = false;
  if (parts.keeps) {
    layer.modules.push_back(replicated(Role::attention, "wk", b.sizes.head_dim, {{dim}}));
    layer.modules.back().quantizable = false;
    layer.modules.push_back(tensor(Role::norm, "k_norm.weight", {{dim}}));
    add_cache_deepseek_v41(b, layer, "indexer", dim + dim / 128 * 4, parts.ratio, 0);
  }
  place_under(layer, first, "indexer.");
}

void add_compressor_deepseek_v41(Builder& b, Layer& layer, std::int64_t ratio) {
  const std::int64_t dim = b.sizes.head_dim;
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(
      replicated(Role::attention, "fused_wkv_wgate", b.sizes.hidden, {{(ratio > 1 ? 2 : 1) * dim}}));
  layer.modules.back().quantizable = false;
  layer.modules.push_back(tensor(Role::norm, "norm.weight", {{dim}}));
  place_under(layer, first, "compressor.");
  add_cache_deepseek_v41(b, layer, "", 0, ratio, 0);
  if (ratio < 2) return;
  Cache ring;
  ring.kind = Cache::Kind::circular;
  ring.name = "state_cache";
  ring.fixed_bytes = 2 * dim * 4;
  ring.block_size = 8;
  ring.ring = Cache::Ring::power_of_two;
  layer.caches.push_back(std::move(ring));
}

void add_attention_deepseek_v41(Builder& b, Layer& layer, const Parts& parts) {
  const ConfigReader& c = b.text;
  const std::int64_t dim = b.sizes.head_dim;
  const std::size_t first = layer.modules.size();
  add_projections_deepseek_v4(b, layer, 64);
  if (parts.indexes) add_indexer_deepseek_v41(b, layer, parts, c.size("q_lora_rank"));
  add_cache_deepseek_v41(b, layer, "swa_cache", 0, 1, c.index("sliding_window", 128, max_tokens));
  if (parts.keeps) add_compressor_deepseek_v41(b, layer, parts.ratio);
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].grandparent = "attn.";
  layer.ropes |= 1u << b.rope({.head_dim = dim,
                               .dim = c.integer("qk_rope_head_dim", 64),
                               .own_parameters = parts.ratio == 0,
                               .dtype = Dtype::float32,
                               .kind = parts.ratio > 0});
}

// The tables that n-grams are looked up in lie in the host's memory; what reads them is here.
void add_engram_deepseek_v41(Builder& b, Layer& layer) {
  const std::int64_t streams = b.text.positive("hc_mult", 4, max_factor), hidden = b.sizes.hidden,
                     columns = (b.text.size("engram_max_ngram_size") - 1) * b.text.size("engram_n_heads");
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(column(Role::other, "wkv", columns * b.text.size("engram_head_dim"),
                                 {{hidden * (streams + 1), 1, Split::even, "wkv"}}));
  for (const std::string_view name : {"q_weight", "k_weight"})
    layer.modules.push_back(tensor(Role::other, name, {{streams}, {hidden}}, Dtype::bfloat16));
  place_under(layer, first, "engram.");
}

// How n-grams are hashed into rows of the tables.
void add_hash_deepseek_v41(Builder& b) {
  const auto layers = static_cast<std::int64_t>(b.text.integers("engram_layer_ids").size());
  if (layers == 0) return;
  const std::int64_t longest = b.text.size("engram_max_ngram_size"), heads = b.text.size("engram_n_heads");
  b.outside(Stage::first, buffer(Role::other, "engram_hash.token_map", {{b.sizes.vocab}}, Dtype::int32));
  for (const std::string_view name : {"engram_hash.primes", "engram_hash.offsets"})
    b.outside(Stage::first, buffer(Role::other, name, {{layers}, {longest - 1}, {heads}}, Dtype::int64));
  b.outside(Stage::first, buffer(Role::other, "engram_hash.multipliers", {{layers}, {longest}}, Dtype::int64));
}

void describe_deepseek_v41(Builder& b) {
  b.model.mtp_refused = "DeepSeek-V4.1's checkpoints hold stages of dspark, none of mtp.";
  b.model.tied = false;
  b.sizes.index_topk = b.text.integer("index_topk", 0, max_tokens);
  b.inexact(
      "DeepSeek-V4.1 maps as many tokens to n-grams as its tokenizer has, which is taken to fill the vocabulary.");
  const std::vector<std::int64_t> ratios = b.text.integers("compress_ratios");
  const auto parts_of = [&](std::int64_t i) {
    return Parts{lists_deepseek_v41(b, "kv_source_layer_ids", i), lists_deepseek_v41(b, "index_source_layer_ids", i),
                 lists_deepseek_v41(b, "engram_layer_ids", i),
                 std::clamp<std::int64_t>(entry<std::int64_t>(ratios, i, 0), 0, 1 << 16)};
  };
  b.embeddings("fll");
  add_hash_deepseek_v41(b);
  const auto kind_of = [&](std::int64_t i) {
    const Parts parts = parts_of(i);
    return static_cast<int>(parts.ratio) * 8 + parts.keeps * 4 + parts.indexes * 2 + parts.remembers;
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    const Parts parts{(kind & 4) != 0, (kind & 2) != 0, (kind & 1) != 0, kind / 8};
    b.add_hyper_connections(layer, b.text.positive("hc_mult", 4, max_factor));
    if (parts.remembers) add_engram_deepseek_v41(b, layer);
    add_attention_deepseek_v41(b, layer, parts);
    MoeSpec moe = b.moe();
    moe.balancing = Balancing::done;
    moe.name = "ffn.", moe.gate_name = "w1";
    moe.shared_inner = moe.inner * b.text.integer("n_shared_experts", 0);
    if (b.text.text("topk_method") == "noaux_tc") moe.correction = "gate.e_score_correction_bias";
    b.add(layer, moe);
    if (b.root.object("vision_config").integer("num_hidden_layers", 0, max_layers) > 0)
      layer.modules.push_back(tensor(Role::experts, "ffn.gate.bias_vl", {{moe.experts}}, Dtype::float32));
    b.norms(layer, {"attn_norm.weight", "ffn_norm.weight"});
  });
}

void wrap_deepseek_v41(Builder& b) {
  nest_language_model(b);
  const ConfigReader vision = b.root.object("vision_config");
  add_deepseek_vit(b,
                   {.depth = vision.integer("num_hidden_layers", 0, max_layers),
                    .width = vision.positive("hidden_size", 1024),
                    .heads = vision.positive("num_attention_heads", 16),
                    .inner = vision.positive("intermediate_size", 2816),
                    .patch = vision.positive("patch_size", 14, max_factor),
                    .downsample = vision.positive("downsample_ratio", 3, max_factor)},
                   {"image_start", "image_end", "image_newline"});
}

}  // namespace

extern const Family deepseek_v41{
    .id = "deepseek_v41",
    .architectures = "DeepseekV41ForCausalLM",
    .model_types = "deepseek_v41",
    .source = "vllm/models/deepseek_v41/",
    .describe = describe_deepseek_v41,
    .wrap = wrap_deepseek_v41,
};

}  // namespace vram_gauge::families
