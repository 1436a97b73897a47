#include "max_model_len.hpp"

#include <algorithm>
#include <array>

#include "data/config_defaults.hpp"
#include "format.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// vllm/transformers_utils/model_arch_config_convertor.py:derive_max_model_len_and_key
constexpr std::array<std::string_view, 9> kLengthKeys = {
    "max_position_embeddings", "n_positions",         "max_seq_len",    "seq_length", "model_max_length",
    "max_target_positions",    "max_sequence_length", "max_seq_length", "seq_len"};

// Keys of a rope_parameters object that is divided by layer type.
bool is_layer_key(std::string_view key) {
  return is_one_of(key, {"full_attention", "sliding_attention", "chunked_attention", "linear_attention",
                         "compressed_sparse_attention", "heavily_compressed_attention", "main", "compress"});
}

// The smallest length that the config names, class defaults included; nothing if it names none.
std::optional<std::int64_t> named_length(const ConfigReader& text, Release release) {
  std::optional<std::int64_t> smallest;
  for (const std::string_view key : kLengthKeys) {
    if (key == "max_target_positions" && release < Release{7, 0}) continue;
    // GPT-2's classes call max_position_embeddings n_positions: a file that has the one has no default of the other.
    if (key == "n_positions" && text.absent(key) && text.has("max_position_embeddings")) continue;
    std::optional<std::int64_t> length = text.find_integer(key, max_tokens);
    if (length && *length < 1) length = text.size(key, max_tokens);  // says so
    if (length && (!smallest || *length < *smallest)) smallest = length;
  }
  if (release < Release{8, 3}) return smallest;
  if (const auto own = text.find_integer("model_max_length", max_tokens); own && *own != 0) return own;
  return smallest;
}

// What the rope entries say about the length.
struct RopeLength {
  double factor = 1;
  std::optional<std::int64_t> yarn_original;
  bool longrope = false;
  bool scales = false;  // by whatever factor
};

void read_rope_entry(const ConfigReader& entry, std::int64_t length, bool yarn_scales, RopeLength& out) {
  const std::string_view type = entry.text("rope_type|type", "default");
  const bool never = is_one_of(type, {"su", "longrope", "llama3"});
  const bool yarn = is_one_of(type, {"yarn", "deepseek_yarn", "deepseek_llama_scaling", "telechat3-yarn"});
  if (type == "longrope" || type == "su") out.longrope = true;
  out.scales |= !never;
  if (never || (yarn && !yarn_scales)) return;
  if (!entry.absent("factor")) out.factor = entry.ratio("factor", 1, true);
  if (type == "yarn") out.yarn_original = entry.positive("original_max_position_embeddings", length, max_tokens);
}

bool is_divided_by_layer(const ConfigReader& rope) {
  const auto names = rope.names();
  return !names.empty() && std::all_of(names.begin(), names.end(), is_layer_key);
}

// Every rope entry of the config, one for each layer type where it is so divided (null for layers without rope).
RopeLength rope_length(const ConfigReader& text, std::int64_t length, bool yarn_scales) {
  RopeLength out;
  ConfigReader rope = text.object("rope_scaling");
  if (!rope || rope.names().empty()) rope = text.object("rope_parameters");
  if (!rope) return out;
  if (!is_divided_by_layer(rope)) return read_rope_entry(rope, length, yarn_scales, out), out;
  for (const std::string_view name : rope.names())
    if (const ConfigReader entry = rope.object(name); entry && !entry.names().empty())
      read_rope_entry(entry, length, yarn_scales, out);
  return out;
}

Diagnostic above_limit(std::int64_t wanted, std::int64_t derived) {
  return refusal(
      "max-model-len-above-limit",
      "max_model_len " + grouped(wanted) + " is above the model's own limit of " + grouped(derived) + " tokens.",
      "engine.max_model_len");
}

}  // namespace

LengthAnswer resolve_max_model_len(const ConfigReader& text, std::string_view architecture, const Request& request) {
  constexpr std::int64_t unnamed = 2048;  // vLLM's assumption where the config says nothing
  const std::int64_t wanted = request.engine.max_model_len.value_or(-1);
  const bool open = wanted == -1;  // left to the model, or to what fits
  std::optional<std::int64_t> named = named_length(text, request.release);
  if (request.engine.disable_sliding_window)
    if (const auto window = text.find_integer("sliding_window", max_tokens);
        window && *window > 0 && (!named || *window < *named))
      named = window;
  if (!named && !open) return {wanted, wanted, {}};
  if (!named)
    text.log().note("assumed-length", "The config names no length: vLLM assumes 2048 tokens.",
                    "max_position_embeddings");

  std::int64_t derived = named.value_or(unnamed);
  const RopeLength rope = rope_length(text, derived, !applies(Rule::yarn_keeps_max_model_len, request.release));
  // Gemma 3's max_position_embeddings already counts its rope factor.
  if (!contains(text.model_type(), "gemma3"))
    derived = static_cast<std::int64_t>(static_cast<double>(rope.yarn_original.value_or(derived)) * rope.factor);

  LengthAnswer answer{derived, open ? derived : wanted, {}, !named};
  if (request.engine.disable_sliding_window && rope.scales && request.release < Release{12, 0})
    answer.refused =
        refusal("disable-sliding-window", "Before 0.12 --disable-sliding-window is for models without rope scaling.",
                "engine.disable_sliding_window");
  if (open && rope.longrope && applies(Rule::longrope_starts_at_original, request.release))
    answer.max_model_len = text.positive("original_max_position_embeddings", derived, max_tokens);
  // vllm/model_executor/models/config.py:EmbeddingGemma2Config
  if (!request.engine.max_model_len && architecture.starts_with("EmbeddingGemma2"))
    answer.max_model_len = std::min<std::int64_t>(answer.max_model_len, 8192);
  if (!answer.refused && !open && wanted > derived &&
      wanted > text.find_integer("model_max_length", max_tokens).value_or(0))
    answer.refused = above_limit(wanted, derived);
  return answer;
}

}  // namespace vram_gauge
