// What a family's declaration is written with: reads the standard sizes of a config in all their spellings and puts
// blocks into a Model. A family says which blocks a layer has; the blocks know their tensors and their cache.
#pragma once

#include <algorithm>
#include <initializer_list>

#include "blocks/mla.hpp"
#include "build_context.hpp"
#include "model.hpp"

namespace vram_gauge {

// Norm weights on queries and keys.
enum class QkNorm : std::uint8_t {
  none,
  head,     // of head_dim each, whole on every rank
  full,     // of heads · head_dim and kv_heads · head_dim, whole on every rank
  sharded,  // the same, divided
};

struct AttentionSpec {
  std::int64_t heads = 0, kv_heads = 0, head_dim = 0;
  std::int64_t v_head_dim = 0;  // 0 = head_dim
  bool qkv_bias = false, out_bias = false;
  bool one_linear = false;  // q, k and v are one to a quantization, too
  QkNorm qk_norm = QkNorm::none;
  bool output_gate = false;   // the q projection is twice as wide
  bool shares_kv = false;     // reads another layer's cache: no k and v projections, no cache
  bool reuses_cache = false;  // reads another layer's cache, but has its projections all the same
  bool sinks = false;         // one learnable sink a head
  bool cache = true;          // false: encoder-only attention
  std::int64_t window = 0, chunk = 0;
  std::int64_t extra_window = 0;              // tokens beside the window that the class attends to
  bool model_dtype_cache = false;             // built without a cache config: kv_cache_dtype is ignored
  bool padded_values = false;                 // the cache has values of the keys' size
  std::int64_t kv_chunks = 0, chunk_pad = 0;  // k and v side by side in so many chunks, each with padding (Dim::pad)
  int rope = -1;                              // from Builder::rope
  std::string_view name = "self_attn.", qkv = "qkv_proj", out = "o_proj";
};

struct MlpSpec {
  std::int64_t inner = 0;
  bool gated = true;
  bool bias = false;
  bool replicated = false;
  bool whole_up = false;  // gate and up on every rank, down divided
  bool fused = true;      // gate and up as one linear
  Role role = Role::mlp;
  std::string_view name = "mlp.", up = {}, down = "down_proj";  // up: "gate_up_proj", or "up_proj" where not gated
};

struct MoeSpec {
  std::int64_t experts = 0, top_k = 0, inner = 0;
  std::int64_t shared_inner = 0;  // width of the shared expert, 0 = none
  bool shared_gate = false;       // its own 1 × hidden gate
  Dtype router = Dtype::model;
  bool router_bias = false;
  bool router_quantizable = false;
  std::string_view correction = {};  // its bias per expert, e.g. "gate.e_score_correction_bias"; empty = none
  Dtype correction_dtype = Dtype::float32;
  bool expert_bias = false;
  bool gated = true;         // also the shared expert
  bool fused_shared = true;  // the shared expert's gate and up as one linear
  std::int64_t hidden = 0;   // experts' own width (latent MoE), 0 = hidden_size
  Balancing balancing = Balancing::ignored;
  bool rank_needs_expert = false;  // its class refuses more ranks than experts
  std::int64_t least_share = 0;    // the least width of an expert on a rank (Module::least)
  std::string_view name = "mlp.", gate = "gate", shared = "shared_experts.", gate_name = "gate_proj";
};

// What stands around the layers. `placement` is three letters as in families.md §1: embedding t, f or a; norm and head
// l or a ("-" = none).
struct OutsideSpec {
  std::string_view placement = "tll";
  bool norm_bias = false;  // a LayerNorm
  bool head_bias = false;
  bool nameless_head = false;  // Module::nameless
  std::string_view embedding = "embed_tokens", norm = "norm.weight", head = "lm_head";
};

// The decoder most families are: the same attention and feed-forward in every layer, with norms around them; or one
// whose layers differ in how far they attend, in having experts or an indexer.
struct DecoderSpec {
  AttentionSpec attention = {};
  MlpSpec mlp = {};
  OutsideSpec outside = {};
  std::vector<std::string_view> norms{"input_layernorm.weight", "post_attention_layernorm.weight"};  // hidden wide each
  bool norm_bias = false;          // theirs and the final one's
  AttentionSpec sliding = {};      // of the layers that slide, where heads > 0
  MlaSpec mla = {};                // instead of attention, where heads > 0
  std::vector<bool> indexed = {};  // which layers own an indexer; empty = all, if there is one
  MoeSpec moe = {};                // instead of mlp in the sparse layers, where experts > 0
  std::vector<bool> sparse = {};   // which layers those are; empty = all
  MlpSpec beside = {};             // one more feed-forward in every layer, where inner > 0
  std::vector<Module> extra = {};  // further modules of every layer
};

// How a rotary table is asked for; see rope.cpp for the rows.
struct RopeSpec {
  std::int64_t head_dim = 0;
  double partial = 1.0;            // of head_dim, where the config does not say
  std::int64_t dim = 0;            // rotary dim, if the family knows it better
  ConfigReader parameters = {};    // rope_parameters entry or rope_scaling; empty = the text config's own
  bool own_parameters = false;     // `parameters` counts even if it is empty
  std::int64_t max_positions = 0;  // 0 = the model's
  int mrope_factor = 0;  // rows factor where the parameters have an mrope_section; 0 = by model type and release
  bool mrope = false;    // the class puts an mrope_section into whatever parameters there are
  Dtype dtype = Dtype::model;
  int kind = 0;  // as Rope::kind
};

// How layers attend; from layer_types, or the model type's own pattern.
enum class LayerType : std::uint8_t { full, sliding, chunked, linear, conv, mamba };

class Builder {
 public:
  Builder(ConfigReader root, ConfigReader text, const BuildContext& context, Model& model);

  ConfigReader root, text;  // the file, and its language model's part (the same for a plain model)
  const BuildContext& context;
  Model& model;
  Sizes& sizes;

  bool since(int minor, int patch = 0) const { return context.release >= Release{minor, patch}; }
  void inexact(std::string reason);

  // Of a class that has hidden / heads for it, whatever the config's head_dim says. To be said first.
  void ignore_head_dim();
  // attention_bias or bias, which half of the classes take for the same.
  bool attention_bias() const { return text.flag("attention_bias") || text.flag("bias"); }
  // The quantization method that the file names, at its top or in its text config; "" if none.
  std::string_view quant_method() const;
  std::string_view quant_format() const;
  // Whether the file's own quantization lists modules with `part` in their name as left out.
  bool quantization_spares(std::string_view part) const;
  // The config's attention and feed-forward as most families have them; a family changes what it does differently.
  AttentionSpec attention() const;
  MlpSpec mlp() const;
  // Experts by all spellings of their keys; inner = moe_intermediate_size, else intermediate_size.
  // Few classes expect a file that says there are none: `none_too`.
  MoeSpec moe(bool none_too = false);

  // The spec of a decoder with the config's sizes, its biases as attention_bias and mlp_bias say, and its rotary table.
  DecoderSpec decoder_spec(const RopeSpec& rope = {});
  // Every token sees all others at once: no cache.
  void see_everything(AttentionSpec& spec);
  // Of a class that does so where the file says is_causal: false.
  void heed_is_causal(AttentionSpec& spec);
  // The same as Llama's class reads its biases: attention_bias or bias, and qkv_bias where the file has it. It heeds
  // is_causal.
  DecoderSpec llama_spec();
  // The same with latent attention.
  DecoderSpec latent_decoder_spec();
  void add(const DecoderSpec& spec);
  // max_model_len, 0 where it isn't known yet; and the positions of a class whose rotary table ends with it.
  std::int64_t served_length();
  std::int64_t served_positions();
  // The checkpoint's multi-token-prediction layers (num_nextn_predict_layers): each one more decoder layer of `spec`
  // behind a projection of two streams into one, with an embedding and a head of its own where `vocabulary`.
  void predictors(const DecoderSpec& spec, bool vocabulary);
  // Of a drafter: the projection of so many of the target's features into one, with its norms.
  void combine_features(std::int64_t count);
  // Its head over draft_vocab_size rows, and where those are not the target's, which they are.
  void draft_head(bool quantizable);
  // So many layers as model.mtp is described; with `name` the projection in front of them, divided by rows.
  void predicts(std::int64_t count);
  void predicts(std::int64_t count, std::string_view name);
  // The same behind a projection of two streams into one, with their norms.
  void predicts_from_streams(std::int64_t count);
  // Latent attention by its usual keys, with its rotary tables; sets the model's sizes of it.
  MlaSpec mla();
  // The layers that own an indexer, by index_topk_pattern, else by index_topk_freq.
  std::vector<bool> indexed_layers() const;

  // A linear on top of the model, whole on every rank and outside any quantization: what pools, classifies or scores.
  Module& pooling_head(std::string_view name, std::int64_t in, std::int64_t out, bool bias = false,
                       Dtype dtype = Dtype::float32);
  // Embedding, final norm and head.
  void embeddings(const OutsideSpec& spec);
  void embeddings(std::string_view placement) { embeddings(OutsideSpec{.placement = placement}); }
  void outside(Stage stage, Module module);
  // A learned table that no rank divides (absolute positions).
  void plain_table(Stage stage, std::string_view name, std::int64_t rows, std::int64_t columns);

  // This release serves the class through its generic Transformers wrapper (memory model: families.md §7): no rotary
  // cache but two vectors of frequencies. To be said before anything else is asked for.
  void served_by_transformers() { model.transformers_backend = true; }

  // Calls describe(layer, kind) once for each distinct kind_of(i), i from 0 to count - 1.
  template <class KindOf, class Describe>
  void layers(std::int64_t count, KindOf kind_of, Describe describe) {
    for (std::int64_t i = 0; i < count; ++i) {
      const int kind = kind_of(i);
      bool fresh = false;
      Layer& layer = layer_of_kind(kind, fresh);
      layer.numbers.push_back(static_cast<std::int32_t>(i));
      if (fresh) describe(layer, kind);
    }
  }
  // As many as the config says; kind 1 where the layer slides, and `attention` gets its window.
  template <class Describe>
  void decoder_layers(AttentionSpec attention, Describe describe) {
    layers(
        sizes.layers, [&](std::int64_t i) { return slides(i) ? 1 : 0; },
        [&](Layer& layer, int kind) {
          attention.window = kind ? window() : 0;
          describe(layer, attention);
        });
  }
  // One flag per layer, for DecoderSpec's lists.
  template <class Predicate>
  std::vector<bool> layers_where(Predicate holds) const {
    std::vector<bool> flags(static_cast<std::size_t>(sizes.layers));
    for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = holds(static_cast<std::int64_t>(i));
    return flags;
  }
  // The layers with experts: those from `first_key` on; of them, by moe_layer_freq (a period, or a flag per layer).
  std::vector<bool> from_layer(std::string_view first_key, std::int64_t fallback = 0) const;
  std::vector<bool> sparse_by_frequency() const;
  // By mlp_layer_types ("sparse" or "dense") where the file has it, else from first_k_dense_replace on.
  std::vector<bool> sparse_by_type() const;
  LayerType type_of(std::int64_t layer) const;
  bool slides(std::int64_t layer) const { return type_of(layer) == LayerType::sliding; }
  std::int64_t window() const { return window_; }
  // Where a class has its own rule: these layers slide over `window` tokens (0: as their AttentionSpec says).
  void slide_where(const std::vector<bool>& sliding, std::int64_t window);

  // Blocks (blocks/*.cpp).
  void add(Layer& layer, const AttentionSpec& spec);
  // To an encoder's output, with biases; its keys and values are projected together, as a projection of queries, too,
  // that has none, where `no_queries` (which a format with a scale for each has one more for).
  void add_cross_attention(Layer& layer, std::string_view name, std::string_view out, bool no_queries = false);
  void add(Layer& layer, const MlpSpec& spec);
  void add(Layer& layer, const MoeSpec& spec);
  void add(Layer& layer, const MlaSpec& spec, bool indexed = true);
  // Experts as two plain parameters: not quantized, and split by width whatever the engine says of expert parallelism.
  void add_plain_experts(Layer& layer, const MoeSpec& spec);
  // Several residual streams, mixed around attention and feed-forward by learned weights (DeepSeek-V4, GLM-5.3).
  void add_hyper_connections(Layer& layer, std::int64_t streams);
  void norms(Layer& layer, std::initializer_list<std::string_view> names, bool bias = false);
  void norm(Layer& layer, std::string_view name, std::int64_t size, bool bias = false);

  // Classes of a classification head: num_labels, else as many as id2label names, else 2.
  std::int64_t num_labels() const { return num_labels(root); }
  static std::int64_t num_labels(const ConfigReader& config);

  // The table's index for AttentionSpec::rope; equal tables are one.
  int rope(RopeSpec spec = {});
  // rope_parameters / rope_scaling of the text config; per layer type where the file has it so.
  ConfigReader rope_parameters(std::string_view layer_type = {}) const;

 private:
  Layer& layer_of_kind(int kind, bool& fresh);
  void read_sizes();
  void read_layer_types();
  void reach_target_positions();

  std::vector<int> kinds_;
  std::vector<LayerType> types_;  // empty = all full
  std::int64_t window_ = 0;
};

// The list's entry for layer `i`; what no entry is there for is `otherwise`.
template <class T>
T entry(const std::vector<T>& list, std::int64_t i, T otherwise) {
  return i < static_cast<std::int64_t>(list.size()) ? T{list[static_cast<std::size_t>(i)]} : otherwise;
}

// Whether the list has it.
template <class T>
bool holds(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// The layer runs so many times, each with an attention and caches of its own.
void loop(Layer& layer, std::int64_t passes);
// An embedding model of one that generates: its head is dropped (adapters.py:_create_pooling_model_cls).
void make_pooling(Model& model);
// Makes a hybrid's attention see everything at once: it keeps no cache, the states beside it do.
void uncache_attention(Model& model);

// Modules of the common shapes, for families' special tensors.
Module column(Role role, std::string_view name, std::int64_t in, std::vector<Dim> outs, bool bias = false);
Module row(Role role, std::string_view name, std::int64_t in, std::int64_t out, bool bias = false);
Module replicated(Role role, std::string_view name, std::int64_t in, std::vector<Dim> outs, bool bias = false);
Module tensor(Role role, std::string_view name, std::vector<Dim> dims, Dtype dtype = Dtype::model);
Module layer_norm(std::string_view name, std::int64_t width, Dtype dtype = Dtype::model);  // with a bias
Module buffer(Role role, std::string_view name, std::vector<Dim> dims, Dtype dtype = Dtype::model);
Module vocabulary(Role role, std::string_view name, std::int64_t rows, std::int64_t columns);

}  // namespace vram_gauge
