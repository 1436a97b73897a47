// What vLLM builds from a config, as values: layers of modules, each module a few tensors, each dimension of a tensor
// with the way it is divided over the tensor-parallel ranks. Everything downstream (weights, KV cache, run-time terms)
// reads only this and does not know which family made it. A layer kind is stored once, with the numbers of the layers
// that are of that kind: work grows with the distinct kinds, not with the layers.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config_reader.hpp"
#include "dtype.hpp"
#include "quantization/scheme.hpp"
#include "releases/releases.hpp"
#include "vram_gauge/units.hpp"

namespace vram_gauge {

// Whose bytes these are, for the report's by_role.
enum class Role : std::uint8_t {
  embedding,
  attention,
  linear_attention,
  mlp,
  experts,
  norm,
  lm_head,
  vision,
  audio,
  projector,
  other
};

// How a dimension of `units` pieces is divided over tp ranks.
enum class Split : std::uint8_t {
  none,    // whole on every rank
  even,    // units / tp; vLLM refuses a remainder
  heads,   // max(1, units / tp): KV heads, replicated once tp exceeds them; one must divide the other
  padded,  // units / tp up to a multiple of `unit`: what the kernels have room for
};

// One dimension: units × unit elements. For a linear's output each logical shard (q, k, v; gate, up) is a Dim of its
// own, and `shard` is its checkpoint name ("q_proj"), which quantization ignore lists speak of.
struct Dim {
  std::int64_t units = 1;
  std::int64_t unit = 1;
  Split split = Split::none;
  std::string_view shard = {};
  std::int64_t pad = 0;  // more elements of each unit on a rank that holds several

  // Never inline: families write hundreds of them.
  Dim() = default;
  [[gnu::noinline]] Dim(std::int64_t of_units);
  [[gnu::noinline]] Dim(std::int64_t of_units, std::int64_t of_unit, Split by = Split::none, std::string_view name = {},
                        std::int64_t padded = 0);

  std::int64_t whole() const { return split == Split::padded ? units : saturating(units, unit); }
};

// What a class makes of load balancing (--enable-eplb) and redundant experts.
enum class Balancing : std::uint8_t {
  ignored,
  done,            // some experts may be held more than once
  none_redundant,  // it knows nothing of the balancing, and refuses redundant experts
  refused,
};

// One module of vLLM's tree. By kind, `dims` are
//   linear   the output shards, then the input: weight [Σ outs, in], bias [Σ outs]; a buffer is stored as [in, Σ outs]
//   experts  {experts, hidden, inner}: w13 [E, gated ? 2·inner : inner, hidden], w2 [E, hidden, inner]
//   vocab    {rows, columns}: an embedding or a head, rows padded to 64 and divided by tp
//   tensor   its own dimensions, stored as they are (norms, routers' corrections, buffers)
struct Module {
  enum class Kind : std::uint8_t { linear, experts, vocab, tensor };
  Kind kind = Kind::tensor;
  Role role = Role::other;
  std::string_view name;  // below its parent, as vLLM names it; of a tensor with ".weight" or the like
  std::vector<Dim> dims;
  Dtype dtype = Dtype::model;
  std::string_view grandparent = {}, parent = {};  // between the layer and the name, each with its dot: "self_attn."
  bool bias = false;                               // tensor: a second one of the same shape (LayerNorm)
  bool quantizable = false;                        // built with the checkpoint's quantization config
  bool buffer = false;                             // a registered buffer, not a parameter
  bool gated = true;                               // experts: gate and up fused into w13
  bool plain_rows = false;                         // vocab: neither padded nor divided
  bool depthwise = false;                          // linear: a causal convolution, stored [Σ outs, 1, in]
  bool in_checkpoint = true;                       // false: allocated, but no weight of the model (not in params_total)
  std::int64_t one_piece_from = 0;                 // linear: its shards are one on so many ranks and more; 0 = never
  bool nameless = false;                           // built without its prefix: module lists don't know it
  std::int64_t repeated_rows = 0;  // linear: output rows that are copies of others, and so not in the checkpoint
  Balancing balancing = Balancing::ignored;  // experts
  bool rank_needs_expert = false;            // experts: more tensor-parallel ranks than experts are refused
  bool built = true;                         // false: a weight of the model that vLLM leaves out of its tree
  std::int64_t top_k = 0;                    // experts: how many a token passes through
  std::int64_t repeat = 1;                   // identical modules of this name
  bool batch_rows = false;                   // tensor: as many rows as a batch has tokens
  // Units of the last dimension on a rank. tensor: it exists only where a rank has at least so many; experts: a share
  // of their width by tensor parallelism is at least so wide.
  std::int64_t least = 0;
  std::string_view gate_name = {};  // experts: the checkpoint's name of the gate projection, e.g. "gate_proj"
  int scheme = 0;                   // into Model::schemes; 0 = stored as it is
};

// A state that a sequence carries through a layer, instead of or beside keys and values: (rows + one per speculative
// token, for conv states) × the sum of the columns' shares, elements of dtype. A Mamba-2 conv state is rows = kernel -
// 1 over {inner}, {groups × state}, {groups × state}; its recurrent state is rows = state over {heads × head_dim}. Of a
// gated delta net the recurrent rows are the key head's size, over {value heads × value head size}.
struct State {
  std::int64_t rows = 1;
  std::vector<Dim> columns;
  Dtype dtype = Dtype::model;
  bool extra_rows = false;
};

// What one attention-like layer asks of the KV cache (vllm/v1/kv_cache_interface.py).
struct Cache {
  enum class Kind : std::uint8_t { full, sliding, chunked, mla, sliding_mla, mamba, cross, circular };
  // Which mixer a mamba cache belongs to: decides modes, checkpoint blocks and alignment.
  enum class Mixer : std::uint8_t { none, mamba1, mamba2, gated_delta_net, kda, linear_attention, short_conv };
  // How a ring of block_size rows grows with speculative tokens n: to multiples of block_size that hold block_size + n,
  // to such multiples by powers of two, or to the power of two that holds n + 2.
  enum class Ring : std::uint8_t { multiples, power_of_two_multiples, power_of_two };
  Kind kind = Kind::full;
  Mixer mixer = Mixer::none;
  std::string_view name = {};         // below the layer, to tell several caches of a layer apart
  Dim kv_heads;                       // Split::heads, or none where every rank holds all
  std::int64_t head_size = 0;         // of keys; of an MLA cache the whole latent vector
  std::int64_t head_size_v = 0;       // of values; 0 for MLA
  std::int64_t window = 0;            // sliding: the window; chunked: the chunk
  std::int64_t fixed_bytes = 0;       // per entry, whatever the KV dtype (sparse indexers: 132); 0 = by dtype
  std::int64_t tokens_per_entry = 1;  // compressed caches
  std::int64_t block_size = 0;        // forced by the layer (rings: their rows); 0 = the engine's
  std::int64_t kernel_block = 0;      // the one block its kernels take (DeepSeek-V4: 256); 0 = as its backend's
  std::int64_t page_alignment = 1;    // pages are padded to a multiple of these bytes (DeepSeek-V4: 576)
  std::int64_t stride_alignment = 1;  // blocks lie a multiple of these bytes apart (from 0.31)
  std::int64_t stride_tokens = 0;     // or of what so many tokens take; -1 = as they are, 0 = as its backend wants
  Ring ring = Ring::multiples;        // circular
  bool packed = false;                // its kernels want blocks outermost, pages of all layers side by side in a block
  bool unscaled = false;              // no room for scales a token; one byte an element even where it has four bits
  bool model_dtype = false;           // built without a cache config: ignores kv_cache_dtype
  bool checkpoints = false;   // gated_delta_net, kda, short_conv: its class can export a state from inside a prefill
  std::vector<State> states;  // mamba
};

// Where a module outside the layers lives under pipeline parallelism.
enum class Stage : std::uint8_t { first, first_and_tied_last, last, every };

struct Placed {
  Module module;
  Stage stage = Stage::every;
};

// One distinct rotary table (vllm/model_executor/layers/rotary_embedding): rows × dim elements, shared by all layers
// that name it.
struct Rope {
  std::int64_t rows = 0;
  std::int64_t dim = 0;
  Dtype dtype = Dtype::model;
  int kind = 0;              // tells tables of the same size but another base, style or scaling apart
  bool frequencies = false;  // no table: two float32 vectors of dim / 2 (inv_freq, original_inv_freq)

  bool operator==(const Rope&) const = default;
};

struct Layer {
  std::vector<std::int32_t> numbers;  // the layers of this kind, ascending, from 0
  std::vector<Module> modules;
  std::vector<Cache> caches;
  std::uint32_t ropes = 0;      // bit i: uses Model::ropes[i]
  int attention_scales = 0;     // Attention modules, each with four float32 scalars (k, v, q, prob)
  bool mla = false;             // its attention is an MLAAttention
  bool bare_attention = false;  // an attention of its own class: no scale parameters, whatever the quantization
};

// A vision or audio encoder with its projector: built once, on the first stage (every stage before 0.33).
struct Tower {
  std::string_view prefix;      // before its modules' names: "visual."
  std::vector<Module> modules;  // repeat = the tower's depth; "*" in a grandparent stands for the block's number
  std::int64_t heads = 0;       // not divisible by tp: refused, or, with `may_replicate`, whole on every rank
  bool may_replicate = false;
  bool divided = false;      // even where encoders are kept whole (--mm-encoder-tp-mode data)
  bool staged = false;       // its blocks are spread over the stages like layers
  bool every_stage = false;  // also from 0.33 on, and whatever is shut out
};

// An encoder of images cut into tiles, whose outputs the decoder's cross attention keeps: one image of the most tiles.
struct TiledEncoder {
  std::int64_t tiles = 0;        // 0: the model has none
  std::int64_t patches = 0;      // of a tile, with its class token
  std::int64_t image_size = 0;   // pixels of a tile's side
  std::int64_t kept_layers = 0;  // blocks whose outputs are kept to the end
};

// The sizes that reports, run-time terms and the rule of thumb speak of.
struct Sizes {
  std::int64_t hidden = 0, layers = 0, heads = 0, kv_heads = 0, head_dim = 0, inner = 0, vocab = 0, max_positions = 0;
  std::int64_t experts = 0, top_k = 0, expert_inner = 0, shared_inner = 0, dense_inner = 0;
  std::int64_t mamba_chunk = 0;  // tokens that a Mamba-2 kernel takes at once
  std::int64_t kv_lora_rank = 0, rope_dim = 0, nope_dim = 0, v_dim = 0, index_topk = 0;  // MLA, sparse MLA
};

struct Model {
  std::string architecture;  // as the config names it
  std::string_view family;   // id of the declaration, "" for the generic count
  std::string_view sibling;  // the architecture that one without a family is counted like
  std::string_view model_type;
  std::string_view prefix = "model.";               // of modules outside the layers, in vLLM's tree
  std::string_view layer_prefix = "model.layers.";  // before a layer's number
  std::string_view head_prefix = {};                // of the head
  Sizes sizes;
  Dtype dtype = Dtype::bfloat16;  // of activations and unquantized weights
  bool tied = false;
  std::vector<Layer> layers;
  std::vector<Placed> outside;  // embeddings, final norm, head and the like
  std::vector<Rope> ropes;
  std::vector<Tower> towers;
  std::uint8_t encoded = 0;  // Items that all of them are for; 0 = audio, or images and perhaps videos, by their role
  // Multi-token-prediction layers of the checkpoint, loaded only where it drafts for itself; what they share with the
  // model is not built. Their numbers are from 0, after mtp_prefix; without one they go on where the layers end.
  Layer mtp;
  std::string_view mtp_prefix = {};
  bool mtp_known = false;             // the release has a class for them
  bool mtp_unmodelled = false;        // which is not declared here
  bool mtp_embeds = true;             // its class builds an embedding of its own, also behind the first stage
  bool mtp_stages = true;             // it drafts beside pipeline parallelism
  std::string_view mtp_refused = {};  // why no release drafts with them, a whole sentence
  std::vector<QuantScheme> schemes;
  std::string quantization;                                  // vLLM's method name, "" = none
  ScaleParameters scale_parameters = ScaleParameters::none;  // of each Attention, until loading ends
  bool kv_cache_scheme = false;                              // compressed-tensors: the checkpoint has scales for them
  bool scale_parameters_of_mla = false;                      // of each MLAAttention too
  // What vLLM's class is: decides defaults and refusals.
  bool pooling = false, encoder_only = false, encoder_decoder = false, multimodal = false;
  bool transformers_backend = false, pipeline = true, tensor_parallel = true, hybrid = false, attention_free = false;
  bool names_experts = false;          // by keys that vLLM looks at; their class may hold none all the same
  bool whole_prompts = false;          // pools over all of a prompt at once: neither cut into chunks nor cached
  bool depends_on_length = false;      // some tensors are sized by max_model_len
  bool depends_on_batch = false;       // by max_num_batched_tokens
  bool first_engine = false;           // served by the first engine alone, in releases that still have it
  std::int64_t least_first_stage = 0;  // layers that the first pipeline stage must have
  std::int64_t one_stage_from = -1;    // layers from this one on read each other's caches; -1 = none do
  std::int64_t encoder_length = 0;     // encoder-decoder: tokens of the encoder
  TiledEncoder tiled_encoder;
  Cache uncached_attention;  // of a hybrid whose attention keeps nothing, though pages of states are aligned to its own
  std::vector<std::string> inexact;      // why this is an estimate; empty = every tensor is modelled
  std::string_view pipeline_doubt = {};  // why it is one under pipeline parallelism only
};

}  // namespace vram_gauge
