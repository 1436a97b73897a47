#include <algorithm>

#include "blocks/state_space.hpp"
#include "families/deepseek_v4.hpp"
#include "families/wrappers.hpp"
#include "towers/deepseek_vit.hpp"

namespace vram_gauge::families {

// What the fp8_ds_mla layout of this model keeps of a token, and what pages are padded to (memory model §2.5).
constexpr std::int64_t row_bytes = 584, page_bytes = 576, kernel_tokens = 256;

static void add_cache(Layer& layer, std::string_view name, std::int64_t entry_bytes, std::int64_t per_entry,
                      std::int64_t block, std::int64_t window) {
  Cache cache;
  cache.kind = window > 0 ? Cache::Kind::sliding_mla : Cache::Kind::mla;
  cache.name = name;
  cache.fixed_bytes = entry_bytes;
  cache.tokens_per_entry = per_entry;
  cache.block_size = block;
  cache.window = window;
  cache.kernel_block = kernel_tokens;
  cache.page_alignment = page_bytes;
  cache.packed = true;
  layer.caches.push_back(std::move(cache));
}

// compressor.py: keys and gates of several tokens into one entry; at ratio 4 the spans overlap.
static void add_compressor(Builder& b, Layer& layer, std::int64_t ratio, std::int64_t head_dim, std::string_view name) {
  const std::int64_t width = (ratio == 4 ? 2 : 1) * head_dim;
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(tensor(Role::attention, "ape", {{ratio}, {width}}, Dtype::float32));
  Module keys = replicated(Role::attention, "fused_wkv_wgate", b.sizes.hidden, {{width}, {width}});
  keys.quantizable = false;
  layer.modules.push_back(std::move(keys));
  layer.modules.push_back(tensor(Role::norm, "norm.weight", {{head_dim}}));
  place_under(layer, first, name);
  add_cache(layer, "state_cache", 2 * width * 4, 1, ratio == 4 ? 4 : 8, (ratio == 4 ? 2 : 1) * ratio);
}

static void add_indexer(Builder& b, Layer& layer, std::int64_t q_lora) {
  const std::int64_t heads = b.text.size("index_n_heads"), dim = b.text.size("index_head_dim");
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(replicated(Role::attention, "wq_b", q_lora, {{heads * dim, 1, Split::none, "wq_b"}}));
  Module weights = replicated(Role::attention, "weights_proj", b.sizes.hidden, {{heads}});
  weights.quantizable = false;
  layer.modules.push_back(std::move(weights));
  place_under(layer, first, "indexer.");
  add_cache(layer, "indexer", dim + dim / 128 * 4, 4, 0, 0);
  add_compressor(b, layer, 4, dim, "indexer.compressor.");
}

void add_projections_deepseek_v4(Builder& b, Layer& layer, std::int64_t room) {
  const ConfigReader& c = b.text;
  const std::int64_t heads = b.sizes.heads, head_dim = b.sizes.head_dim, q_lora = c.size("q_lora_rank"),
                     groups = c.size("o_groups"), o_lora = c.size("o_lora_rank");
  layer.modules.push_back(tensor(Role::attention, "attn_sink", {{heads, room, Split::padded}}, Dtype::float32));
  layer.modules.push_back(replicated(Role::attention, "fused_wqa_wkv", b.sizes.hidden,
                                     {{q_lora, 1, Split::none, "wq_a"}, {head_dim, 1, Split::none, "wkv"}}));
  layer.modules.push_back(tensor(Role::norm, "q_norm.weight", {{q_lora}}));
  layer.modules.push_back(column(Role::attention, "wq_b", q_lora, {{heads, head_dim, Split::even, "wq_b"}}));
  layer.modules.push_back(tensor(Role::norm, "kv_norm.weight", {{head_dim}}));
  layer.modules.push_back(column(Role::attention, "wo_a", heads * head_dim / std::max<std::int64_t>(1, groups),
                                 {{groups, o_lora, Split::even, "wo_a"}}));
  layer.modules.push_back(row(Role::attention, "wo_b", 1, b.sizes.hidden));
  layer.modules.back().dims.back() = {groups, o_lora, Split::even};
}

static void add_attention_deepseek_v4(Builder& b, Layer& layer, std::int64_t ratio) {
  const ConfigReader& c = b.text;
  const std::int64_t head_dim = b.sizes.head_dim;
  const std::size_t first = layer.modules.size();
  const std::int64_t room = b.context.capability / 10 == 12 ? 8 : 64;  // heads the sparse kernels take at least
  add_projections_deepseek_v4(b, layer, room);
  if (ratio == 4) add_indexer(b, layer, c.size("q_lora_rank"));
  add_cache(layer, "swa_cache", row_bytes, 1, 64, b.text.index("sliding_window", 128, max_tokens));
  if (ratio > 1) {
    add_cache(layer, "", row_bytes, ratio, 0, 0);
    add_compressor(b, layer, ratio, head_dim, "compressor.");
  }
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].grandparent = "attn.";
  // YaRN only where a layer compresses; the others have a plain table (common/rope.py).
  RopeSpec rope{.head_dim = head_dim,
                .dim = c.integer("qk_rope_head_dim", 64),
                .own_parameters = ratio == 1,
                .dtype = Dtype::float32,
                .kind = ratio > 1};
  if (ratio > 1 && b.rope_parameters("compress"))
    rope.parameters = b.rope_parameters("compress"), rope.own_parameters = true;
  layer.ropes |= 1u << b.rope(std::move(rope));
}

// The file of the variant with vision names the same architecture as the one without (vllm/transformers_utils/
// model_arch_config_convertor.py).
static bool sees_deepseek_v4(const Builder& b) {
  return b.since(30) && b.text.integer("vision_n_layers", 0, max_layers) > 0;
}

static void add_layer_deepseek_v4(Builder& b, Layer& layer, std::int64_t ratio, bool hashed) {
  b.add_hyper_connections(layer, b.text.positive("hc_mult", 4, max_factor));
  add_attention_deepseek_v4(b, layer, ratio);
  MoeSpec moe = b.moe();
  moe.balancing = Balancing::done;
  moe.name = "ffn.";
  moe.gate_name = "w1";
  moe.shared_inner = moe.inner * b.text.integer("n_shared_experts", 0);
  const bool sees = sees_deepseek_v4(b);
  if ((!hashed || sees) && b.text.text("topk_method") == "noaux_tc") moe.correction = "gate.e_score_correction_bias";
  b.add(layer, moe);
  if (sees) {  // how tokens of images are routed
    layer.modules.push_back(tensor(Role::experts, "gate.bias_vl", {{moe.experts}}, Dtype::float32));
    layer.modules.back().parent = "ffn.";
  }
  if (hashed) {
    layer.modules.push_back(tensor(Role::experts, "gate.tid2eid", {{b.sizes.vocab}, {moe.top_k}}, Dtype::int32));
    layer.modules.back().parent = "ffn.";
  }
  b.norms(layer, {"attn_norm.weight", "ffn_norm.weight"});
}

static void add_head_deepseek_v4(Builder& b, std::vector<Module>& modules) {
  const std::int64_t streams = b.text.positive("hc_mult", 4, max_factor);
  modules.push_back(tensor(Role::other, "hc_head_fn", {{streams}, {streams * b.sizes.hidden}}, Dtype::float32));
  modules.push_back(tensor(Role::other, "hc_head_base", {{streams}}, Dtype::float32));
  modules.push_back(tensor(Role::other, "hc_head_scale", {{1}}, Dtype::float32));
}

// nvidia/mtp.py: layers that don't compress, behind two projections into one stream.
static void add_predictors_deepseek_v4(Builder& b, std::int64_t count) {
  Layer& layer = b.model.mtp;
  add_layer_deepseek_v4(b, layer, 1, false);
  add_head_deepseek_v4(b, layer.modules);
  b.norms(layer, {"enorm.weight", "hnorm.weight", "shared_head.norm.weight"});
  for (const std::string_view name : {"e_proj", "h_proj"})
    layer.modules.push_back(replicated(Role::other, name, b.sizes.hidden, {{b.sizes.hidden}}));
  b.predicts(count);
}

static void describe_deepseek_v4(Builder& b) {
  b.model.tied = false;  // whatever the file says
  if (!b.text.is_array("compress_ratios"))
    b.inexact("The config doesn't say how its layers compress (compress_ratios).");
  b.sizes.index_topk = b.text.integer("index_topk", 0, max_tokens);
  const std::vector<std::int64_t> ratios = b.text.integers("compress_ratios");
  const std::int64_t hashed = b.text.index("num_hash_layers", 0);
  const auto ratio = [&](std::int64_t i) { return std::max<std::int64_t>(1, entry<std::int64_t>(ratios, i, 1)); };
  b.embeddings("fll");
  std::vector<Module> head;
  add_head_deepseek_v4(b, head);
  for (Module& module : head) b.outside(Stage::every, std::move(module));
  const auto kind_of = [&](std::int64_t i) { return static_cast<int>(ratio(i)) * 2 + (i < hashed ? 1 : 0); };
  b.layers(b.sizes.layers, kind_of,
           [&](Layer& layer, int kind) { add_layer_deepseek_v4(b, layer, kind / 2, (kind & 1) != 0); });
  if (const std::int64_t count = b.text.integer("num_nextn_predict_layers", 0, max_factor); count > 0)
    add_predictors_deepseek_v4(b, count);
}

static void wrap_deepseek_v4(Builder& b) {
  if (b.context.architecture == "DeepseekV4ForConditionalGeneration") nest_language_model(b);
  if (!sees_deepseek_v4(b)) return;
  nest_language_model(b);
  const ConfigReader& c = b.text;
  if (!b.context.shuts_out(images))
    add_deepseek_vit(b,
                     {.depth = c.size("vision_n_layers", max_layers),
                      .width = c.size("vision_dim"),
                      .heads = c.size("vision_n_heads"),
                      .inner = c.size("vision_inter_dim"),
                      .patch = c.size("vision_patch_size", max_factor),
                      .downsample = c.size("vision_downsample_ratio", max_factor)},
                     {"image_start", "image_end", "image_newline", "image_pad"});
}

extern const Family deepseek_v4{
    .id = "deepseek_v4",
    .architectures = "DeepseekV4ForCausalLM DeepseekV4ForConditionalGeneration",
    .model_types = "deepseek_v4 deepseek_ref",
    .source = "vllm/models/deepseek_v4/",
    .describe = describe_deepseek_v4,
    .wrap = wrap_deepseek_v4,
};

}  // namespace vram_gauge::families
