#include "families/generic.hpp"

#include <algorithm>

#include "blocks/state_space.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

constexpr std::string_view rms_norm = "rms_norm_eps|rms_norm_epsilon|norm_eps";
constexpr std::string_view activation_keys =
    "hidden_act|hidden_activation|activation_function|mlp_hidden_act|activation";

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return contains(text, part); });
}

// A Transformer of the first generation: LayerNorms, biases, no gate in its feed-forward.
bool is_classical(const Builder& b) {
  if (b.text.has(rms_norm) || b.text.flag("rmsnorm")) return false;
  const bool plain_width = b.sizes.inner == 0 || b.sizes.inner == 4 * b.sizes.hidden;
  return b.text.has("layer_norm_eps|layer_norm_epsilon|layernorm_epsilon|norm_epsilon") ||
         (plain_width && contains_any(b.text.text(activation_keys), {"gelu", "relu"}));
}

bool is_gated_generic(const Builder& b, bool classical) {
  const std::string_view activation = b.text.text(activation_keys);
  if (contains_any(activation, {"relu2", "squared"})) return false;
  if (contains_any(activation, {"silu", "swish", "glu"})) return true;
  if (b.sizes.experts > 1) return true;
  return !classical && (b.sizes.inner > 0 || b.text.has(rms_norm));
}

// Which layers have experts, by all the ways of saying so.
std::vector<bool> sparse_layers_generic(const Builder& b) {
  if (b.text.has("mlp_layer_types")) return b.sparse_by_type();
  std::vector<bool> sparse = b.sparse_by_frequency();
  const std::int64_t first = b.text.first("num_dense_layers|moe_layer_start_index|first_dense_layers", 0);
  const std::int64_t period =
      std::max<std::int64_t>(1, b.text.first("decoder_sparse_step|interleave_moe_layer_step|expert_layer_period", 1));
  const std::int64_t offset = b.text.first("expert_layer_offset", period - 1);
  const std::vector<std::int64_t> dense = b.text.integers("mlp_only_layers"), listed = b.text.integers("moe_layers");
  for (std::size_t at = 0; at < sparse.size(); ++at) {
    const auto i = static_cast<std::int64_t>(at);
    sparse[at] = sparse[at] && i >= first && !holds(dense, i) &&
                 (listed.empty() ? i % period == offset % period : holds(listed, i));
  }
  return sparse;
}

MoeSpec experts_generic(Builder& b) {
  MoeSpec moe = b.moe();
  moe.hidden = b.text.first("moe_latent_size|routed_expert_hidden_size", 0);
  constexpr std::string_view counts = "n_shared_experts|num_shared_experts|moe_num_shared_experts|num_shared_expert";
  const std::int64_t shared = b.text.is_array(counts) ? 1 : b.text.first(counts, 0);
  const std::int64_t width =
      b.text.first("moe_shared_expert_intermediate_size|shared_expert_intermediate_size|shared_intermediate_size", 0);
  moe.shared_inner = width > 0 ? width * std::max<std::int64_t>(1, shared) : moe.inner * shared;
  return moe;
}

// One letter a layer for what mixes its tokens: a attention, l gated delta net, k Kimi delta attention, m Mamba, c
// short convolution, each with a feed-forward; capital ones without. F, E: a feed-forward or experts alone.
std::string mixers(const Builder& b) {
  std::string letters;
  for (const char c : b.text.text("hybrid_override_pattern"))
    letters += c == 'M' ? 'M' : c == '*' ? 'A' : c == 'E' ? 'E' : 'F';
  if (!letters.empty()) return letters;
  const std::vector<std::string_view> blocks = b.text.texts("layers_block_type");
  const bool alone = holds<std::string_view>(blocks, "moe") || holds<std::string_view>(blocks, "mlp");
  for (const std::string_view block : blocks)
    letters += block == "mamba"       ? (alone ? 'M' : 'm')
               : block == "attention" ? (alone ? 'A' : 'a')
               : block == "moe"       ? 'E'
               : block == "mlp"       ? 'F'
                                      : 'a';
  if (!letters.empty()) return letters;
  letters.assign(static_cast<std::size_t>(b.sizes.layers), 'a');
  if (b.sizes.layers > 0 && b.text.has("state_size") && !b.text.has("num_attention_heads"))
    std::fill(letters.begin(), letters.end(), 'M');
  const std::int64_t period = b.text.first("attn_layer_period", 0), offset = b.text.first("attn_layer_offset", 0);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const LayerType type = b.type_of(static_cast<std::int64_t>(i));
    if (type == LayerType::linear) letters[i] = 'l';
    if (type == LayerType::conv) letters[i] = 'c';
    if (type == LayerType::mamba || (period > 0 && static_cast<std::int64_t>(i) % period != offset)) letters[i] = 'm';
  }
  const auto mark = [&](const std::vector<std::int64_t>& list, std::int64_t base, char letter) {
    for (const std::int64_t i : list)
      if (i >= base && i - base < b.sizes.layers) letters[static_cast<std::size_t>(i - base)] = letter;
  };
  mark(b.text.object("linear_attn_config").integers("kda_layers"), 1, 'k');
  if (b.text.is_array("full_attn_idxs")) {
    std::fill(letters.begin(), letters.end(), 'c');
    mark(b.text.integers("full_attn_idxs"), 0, 'a');
  }
  return letters;
}

void add_mamba(Builder& b, Layer& layer) {
  const ConfigReader& c = b.text;
  const std::int64_t state = c.first("mamba_d_state|ssm_state_size|state_size", 16);
  const std::int64_t kernel = c.first("mamba_d_conv|conv_kernel", 4);
  const std::int64_t heads = c.first("mamba_n_heads|mamba_num_heads|n_mamba_heads|num_heads", 0);
  const std::int64_t wide = c.first("mamba_expand|expand", 2) * b.sizes.hidden;
  if (heads == 0)
    return add(b, layer,
               Mamba1Spec{.inner = c.has("mamba_expand") ? wide : c.first("intermediate_size", wide),
                          .state = state,
                          .kernel = kernel,
                          .dt_rank = c.is_text("mamba_dt_rank|time_step_rank")
                                         ? (b.sizes.hidden + 15) / 16
                                         : c.first("mamba_dt_rank|time_step_rank", (b.sizes.hidden + 15) / 16)});
  Mamba2Spec spec{.heads = heads, .groups = c.first("mamba_n_groups|mamba_ngroups|n_groups", 1), .state = state};
  spec.kernel = kernel;
  spec.head_dim = c.first("mamba_head_dim|mamba_d_head|mamba_headdim|head_dim", per_head(wide, heads));
  add(b, layer, spec);
}

void add_mixer(Builder& b, Layer& layer, char letter, const AttentionSpec& attention, const MlaSpec& latent,
               bool indexed) {
  const ConfigReader& c = b.text;
  switch (letter) {
    case 'a':
      if (latent.heads > 0) b.add(layer, latent, indexed);
      else b.add(layer, attention);
      break;
    case 'l':
      add(b, layer,
          DeltaNetSpec{.key_heads = c.first("linear_num_key_heads", b.sizes.heads),
                       .value_heads = c.first("linear_num_value_heads", b.sizes.heads),
                       .key_dim = c.first("linear_key_head_dim", b.sizes.head_dim),
                       .value_dim = c.first("linear_value_head_dim", b.sizes.head_dim),
                       .kernel = c.first("linear_conv_kernel_dim", 4),
                       .layout = DeltaNetSpec::Layout::separate});
      break;
    case 'k': {
      const ConfigReader linear = c.object("linear_attn_config");
      add(b, layer,
          KdaSpec{.heads = linear.first("num_heads", b.sizes.heads),
                  .head_dim = linear.first("head_dim", b.sizes.head_dim),
                  .kernel = linear.first("short_conv_kernel_size", 4)});
      break;
    }
    case 'm':
      add_mamba(b, layer);
      break;
    case 'c':
      add(b, layer, ShortConvSpec{.width = c.first("conv_dim", b.sizes.hidden), .kernel = c.first("conv_L_cache", 3)});
      break;
    default:
      break;
  }
}

void add_outside(Builder& b, bool classical, bool pooling) {
  b.embeddings(OutsideSpec{.placement = pooling ? "tl-" : "tll", .norm_bias = classical});
  if (classical && !b.text.has("rope_theta|rotary_pct|rotary_dim|rotary_emb_base|partial_rotary_factor|rope_scaling|"
                               "rope_parameters|rotary|alibi"))
    b.plain_table(Stage::first, "embed_positions.weight", b.sizes.max_positions, b.sizes.hidden);
  const std::int64_t width = b.text.first("hidden_size_per_layer_input", 0);
  if (width == 0) return;
  b.outside(Stage::every,
            vocabulary(Role::embedding, "embed_tokens_per_layer",
                       b.text.first("vocab_size_per_layer_input", b.sizes.vocab), width * b.sizes.layers));
}

}  // namespace

bool names_pooling(std::string_view architecture) {
  if (contains(architecture, "EncoderDecoder")) return false;
  if (architecture.ends_with("Model") && !contains_any(architecture, {"LM", "Chat", "VL", "Llava"})) return true;
  return contains_any(architecture, {"ForSequence", "ForToken", "ForMasked", "Reward", "Embedding", "Bidirec",
                                     "ColBERT", "Retriev", "Encoder"});
}

void describe_generic(Builder& b) {
  b.inexact(b.model.architecture.empty()
                ? "The config names no architecture."
                : "The architecture " + b.model.architecture + " is not modelled: this is a generic decoder's count.");
  MoeSpec moe = experts_generic(b);
  const bool classical = is_classical(b), gated = moe.gated = is_gated_generic(b, classical);
  const bool encoder = b.text.has("type_vocab_size"), pooling = encoder || names_pooling(b.model.architecture);
  if (b.text.flag("multi_query")) b.sizes.kv_heads = 1;
  b.model.pooling = pooling;
  b.model.encoder_only = encoder;
  const bool crosses = b.text.has("encoder_layers") && b.text.has("decoder_layers");
  if (crosses) b.sizes.layers = b.text.first("decoder_layers", 0, 1 << 14);
  if (b.sizes.heads == 0) b.sizes.heads = b.sizes.kv_heads = b.text.first("decoder_attention_heads", 0);
  if (b.sizes.head_dim == 0) b.sizes.head_dim = per_head(b.sizes.hidden, b.sizes.heads);
  if (b.sizes.inner == 0) b.sizes.inner = b.text.first("decoder_ffn_dim", 0);
  const std::string letters = mixers(b);
  b.sizes.layers = static_cast<std::int64_t>(letters.size());
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias =
      b.text.flag("attention_bias|qkv_bias|use_bias|bias|add_bias_linear", classical);
  attention.output_gate = b.text.flag("attn_output_gate");
  attention.cache = !encoder;
  if (b.sizes.max_positions > 0 && !encoder) attention.rope = b.rope();
  const bool is_latent = b.text.has("kv_lora_rank") && b.text.has("qk_nope_head_dim") && b.text.has("v_head_dim");
  const MlaSpec latent = is_latent ? b.mla() : MlaSpec{};
  const std::vector<bool> indexed = latent.index_heads > 0 ? b.indexed_layers() : std::vector<bool>();
  MlpSpec mlp = b.mlp();
  mlp.gated = gated;
  mlp.bias = b.text.flag("mlp_bias|use_bias|add_bias_linear", classical);
  mlp.inner = b.text.first("intermediate_size_mlp|dense_intermediate_size", mlp.inner);
  if (b.text.flag("block_auto_adjust_ff_dim"))  // two thirds, as LFM2 has it
    mlp.inner = round_up(2 * mlp.inner / 3, std::max<std::int64_t>(1, b.text.first("block_multiple_of", 256)));
  if (mlp.inner == 0) mlp.inner = 4 * b.sizes.hidden;
  const std::vector<bool> sparse = sparse_layers_generic(b);
  add_outside(b, classical, pooling);
  constexpr int slides = 256, has_experts = 512, has_indexer = 1024;  // beside the letter
  const auto kind_of = [&](std::int64_t i) {
    return letters[static_cast<std::size_t>(i)] | (b.slides(i) ? slides : 0) |
           (moe.experts > 1 && entry(sparse, i, false) ? has_experts : 0) |
           (indexed.empty() || entry(indexed, i, false) ? has_indexer : 0);
  };
  b.layers(b.sizes.layers, kind_of, [&](Layer& layer, int kind) {
    const char letter = static_cast<char>(kind & 127);
    const bool alone = letter < 'a';
    AttentionSpec spec = attention;
    spec.window = kind & slides ? b.window() : 0;
    add_mixer(b, layer, static_cast<char>(letter | 32), spec, latent, (kind & has_indexer) != 0);
    if (crosses) b.add(layer, attention);
    if (letter == 'E' || (!alone && kind & has_experts)) b.add(layer, moe);
    else if (letter == 'F' || !alone) b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight"}, classical);
    if (!alone) b.norms(layer, {"post_attention_layernorm.weight"}, classical);
  });
}

// What an architecture without a family says of itself that nothing here has read: sizes among it may be missing in the
// count. Keys that no weight depends on are left out.
void name_unread(const ConfigReader& text, Model& model) {
  constexpr std::string_view idle[] = {"_id",   "dropout", "drop_",   "initializer", "version", "auto_map",
                                       "cache", "_name",   "label",   "attn_impl",   "_tp",     "output_",
                                       "loss",  "scal",    "theta",   "dtype",       "eps",     "architectures",
                                       "aux",   "topk_",   "scoring", "softcap",     "token",   "multiplier"};
  constexpr std::size_t most = 12;
  std::string list;
  std::size_t keys = 0;
  for (const std::string_view key : text.unread()) {
    if (std::any_of(std::begin(idle), std::end(idle), [&](std::string_view part) { return contains(key, part); }))
      continue;
    if (keys++ < most) list += (list.empty() ? "" : ", ") + std::string(key);
  }
  if (keys == 0) return;
  model.inexact.push_back("Keys not understood: " + list + (keys > most ? " and more" : "") + ".");
}

}  // namespace vram_gauge
