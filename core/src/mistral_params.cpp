#include "mistral_params.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace vram_gauge {
namespace {

using Type = JsonNode::Type;

struct Renamed {
  std::string_view from, to;
};

// Changes members of a document's objects; nodes are named by their index, 0 (the root, no one's member) is none.
class Editor {
 public:
  explicit Editor(Document& document) : document_(document) {}

  JsonNode& node(std::int32_t at) { return document_.nodes[static_cast<std::size_t>(at)]; }
  std::int32_t find(std::int32_t object, std::string_view name) {
    if (node(object).type != Type::object) return 0;
    const JsonNode* member = document_.member(node(object), name);
    return member && member->type != Type::null ? static_cast<std::int32_t>(member - document_.nodes.data()) : 0;
  }
  std::int32_t find_object(std::int32_t object, std::string_view name) {
    const std::int32_t member = find(object, name);
    return node(member).type == Type::object && node(member).child ? member : 0;
  }
  void call(std::int32_t member, std::string_view name) {
    const auto [at, size] = store(name);
    node(member).key_at = at, node(member).key_size = size;
  }
  void rename(std::int32_t object, std::initializer_list<Renamed> names) {
    for (const auto& [from, to] : names)
      if (const std::int32_t member = find(object, from)) call(member, to);
  }
  // In front of the others: what the file itself has under this name goes on counting, if it is no null.
  std::int32_t add(std::int32_t object, std::string_view name, JsonNode value) {
    if (const JsonNode* null = document_.member(node(object), name); null && null->type == Type::null)
      call(static_cast<std::int32_t>(null - document_.nodes.data()), {});
    const auto at = static_cast<std::int32_t>(document_.nodes.size());
    value.next = node(object).child;
    document_.nodes.push_back(value);
    node(object).child = at;
    call(at, name);
    return at;
  }
  void add(std::int32_t object, std::string_view name, std::string_view text) {
    JsonNode value{.type = Type::text};
    std::tie(value.text_at, value.text_size) = store(text);
    add(object, name, value);
  }
  void add(std::int32_t object, std::string_view name, std::int64_t integer) {
    add(object, name, {.type = Type::integer, .integer = integer, .number = static_cast<double>(integer)});
  }
  std::string_view text(std::int32_t member) { return document_.text(node(member)); }
  std::int64_t integer(std::int32_t object, std::string_view name, std::int64_t fallback) {
    const JsonNode& value = node(find(object, name));
    return value.type == Type::integer ? value.integer : fallback;
  }
  bool truth(std::int32_t object, std::string_view name) {
    const JsonNode& value = node(find(object, name));
    return value.type == Type::boolean ? value.boolean : value.type == Type::integer && value.integer != 0;
  }
  // The members of `inner` become members of `object`.
  void hoist(std::int32_t inner, std::int32_t object) {
    std::int32_t last = node(inner).child;
    if (last == 0 || inner == object) return;
    while (node(last).next) last = node(last).next;
    node(last).next = node(object).child;
    node(object).child = node(inner).child;
    node(inner).child = 0;
  }
  // The object's members now stand in a new one, `name` of the same object, all but `kept`.
  void nest(std::int32_t object, std::string_view name, std::int32_t kept) {
    const std::int32_t first = node(object).child;
    for (std::int32_t* link = &node(object).child; *link; link = &node(*link).next)
      if (*link == kept) {
        *link = node(kept).next;
        break;
      }
    JsonNode inner{.type = Type::object, .child = first == kept ? node(kept).next : first};
    node(object).child = kept;
    if (kept) node(kept).next = 0;
    add(object, name, inner);
  }

 private:
  std::pair<std::uint32_t, std::uint32_t> store(std::string_view text) {
    const auto at = static_cast<std::uint32_t>(document_.strings.size());
    document_.strings += text;
    return {at, static_cast<std::uint32_t>(text.size())};
  }

  Document& document_;
};

// A list of windows becomes layer_types; one window is that of all layers.
void adapt_windows(Editor& edit) {
  const std::int32_t window = edit.find(0, "sliding_window");
  const std::int64_t layers = std::clamp<std::int64_t>(edit.integer(0, "num_hidden_layers", 0), 0, 1 << 14);
  std::vector<bool> slides;
  std::int64_t width = 0;
  if (edit.node(window).type == Type::integer) slides = {(width = edit.node(window).integer) > 0};
  else if (edit.node(window).type == Type::array)
    for (std::int32_t item = edit.node(window).child; item; item = edit.node(item).next) {
      slides.push_back(edit.node(item).type == Type::integer);
      if (slides.back()) width = edit.node(item).integer;
    }
  if (width <= 0) return;
  edit.call(window, {});
  edit.add(0, "sliding_window", width);
  const std::int32_t types = edit.add(0, "layer_types", JsonNode{.type = Type::array});
  const auto period = static_cast<std::int64_t>(slides.size());
  for (std::int64_t i = layers / period * period; i-- > 0;)
    edit.add(types, {}, slides[static_cast<std::size_t>(i % period)] ? "sliding_attention" : "full_attention");
}

std::optional<Diagnostic> adapt_quantization(Editor& edit) {
  const std::int32_t quantization = edit.find_object(0, "quantization");
  if (quantization == 0) return std::nullopt;
  const std::string_view method = edit.text(edit.find(quantization, "quant_method"));
  if (edit.text(edit.find(quantization, "qformat_weight")) == "fp8_e4m3") {
    edit.add(quantization, "activation_scheme",
             edit.text(edit.find(quantization, "qscheme_act")) == "NO_SCALES" ? "dynamic" : "static");
    edit.add(quantization, "quant_method", "fp8");
  } else if (method == "compressed_tensors") {
    edit.call(edit.find(quantization, "quant_method"), {});
    edit.add(quantization, "quant_method", "compressed-tensors");
  } else if (method != "compressed-tensors") {
    return refusal("quantization-unsupported",
                   "vLLM reads only fp8_e4m3 and compressed-tensors from the \"quantization\" of a params.json.",
                   "config");
  }
  edit.call(quantization, "quantization_config");
  return std::nullopt;
}

std::string_view adapt_experts(Editor& edit) {
  std::int32_t moe = edit.find_object(0, "moe");
  if (moe == 0 && edit.truth(0, "qk_nope_head_dim")) {  // latent attention: as if it had one expert, in no layer
    moe = edit.add(0, "moe", JsonNode{.type = Type::object});
    for (const std::string_view one : {"num_experts", "num_experts_per_tok", "num_shared_experts", "route_every_n"})
      edit.add(moe, one, 1);
    edit.add(moe, "first_k_dense_replace", edit.integer(0, "num_hidden_layers", 0));
    edit.add(moe, "expert_hidden_dim", edit.integer(0, "intermediate_size", 0));
  }
  if (moe == 0) return "MistralForCausalLM";
  const bool shares = edit.truth(moe, "num_shared_experts");
  edit.rename(moe, {{"route_every_n", "moe_layer_freq"},
                    {"num_experts", shares ? "n_routed_experts" : "num_local_experts"},
                    {"expert_hidden_dim", "moe_intermediate_size"},
                    {"num_shared_experts", "n_shared_experts"},
                    {"num_expert_groups", "n_group"},
                    {"num_expert_groups_per_tok", "topk_group"}});
  edit.hoist(moe, 0);
  if (!shares) return "MixtralForCausalLM";
  edit.call(edit.find(0, "model_type"), {});
  edit.add(0, "model_type", "deepseek_v3");
  return "MistralLarge3ForCausalLM";
}

void adapt_yarn(Editor& edit) {
  const std::int32_t yarn = edit.find_object(0, "yarn");
  if (yarn == 0) return;
  edit.rename(yarn, {{"beta", "beta_fast"}, {"alpha", "beta_slow"}});
  edit.add(yarn, "rope_type", "yarn");
  edit.call(yarn, "rope_parameters");
}

// An encoder of sound as Whisper's config names its sizes; the name of the class.
std::string_view adapt_sound(Editor& edit, std::int32_t audio, std::int32_t whisper, std::int32_t encoder) {
  edit.rename(encoder, {{"dim", "d_model"},
                        {"n_layers", "encoder_layers"},
                        {"hidden_dim", "encoder_ffn_dim"},
                        {"n_heads", "encoder_attention_heads"},
                        {"head_dim", "encoder_head_dim"},
                        {"causal", "is_causal"}});
  for (const std::int32_t part :
       {edit.find_object(encoder, "audio_encoding_args"), edit.find_object(whisper, "downsample_args"), encoder})
    if (part) edit.hoist(part, audio);
  edit.add(audio, "model_type", "whisper");
  return edit.truth(audio, "is_causal") ? "VoxtralRealtimeGeneration" : "VoxtralForConditionalGeneration";
}

// What stands beside the language model becomes `name`, the rest text_config.
void wrap(Editor& edit, std::int32_t encoder, std::string_view name, std::string_view type,
          std::string_view architecture) {
  edit.nest(0, "text_config", encoder);
  edit.call(encoder, name);
  edit.add(0, "model_type", type);
  const std::int32_t names = edit.add(0, "architectures", JsonNode{.type = Type::array});
  edit.add(names, {}, architecture);
}

}  // namespace

bool is_mistral_params(const Document& document) {
  const JsonNode& root = document.nodes[0];
  const auto has = [&](std::string_view name) { return document.member(root, name) != nullptr; };
  return has("dim") && has("n_layers") && has("hidden_dim") && !has("architectures") && !has("hidden_size");
}

std::optional<Diagnostic> adapt_mistral_params(Document& document, std::vector<std::string>& inexact) {
  Editor edit(document);
  if (edit.find(0, "max_position_embeddings") == 0)
    inexact.emplace_back(
        "This params.json has no max_position_embeddings: 128000, unless a config.json beside it says otherwise.");
  edit.rename(0, {{"dim", "hidden_size"},
                  {"norm_eps", "rms_norm_eps"},
                  {"n_kv_heads", "num_key_value_heads"},
                  {"n_layers", "num_hidden_layers"},
                  {"n_heads", "num_attention_heads"},
                  {"hidden_dim", "intermediate_size"},
                  {"tied_embeddings", "tie_word_embeddings"}});
  edit.add(0, "model_type", "transformer");
  edit.add(0, "max_position_embeddings", 128'000);
  edit.add(0, "dtype", "bfloat16");  // as the weights' files say
  adapt_windows(edit);
  if (auto refused = adapt_quantization(edit)) return refused;
  const std::string_view architecture = adapt_experts(edit);
  if (architecture == "MixtralForCausalLM")
    inexact.emplace_back("vLLM takes the number of Mixtral's experts from a config.json beside this params.json.");
  const std::int32_t names = edit.add(0, "architectures", JsonNode{.type = Type::array});
  edit.add(names, {}, architecture);
  adapt_yarn(edit);
  if (const std::int32_t vision = edit.find_object(0, "vision_encoder"))
    wrap(edit, vision, "vision_config", "pixtral", "PixtralForConditionalGeneration");
  const std::int32_t audio = edit.find_object(0, "multimodal"),
                     whisper = audio ? edit.find_object(audio, "whisper_model_args") : 0,
                     encoder = whisper ? edit.find_object(whisper, "encoder_args") : 0;
  if (encoder) wrap(edit, audio, "audio_config", "voxtral", adapt_sound(edit, audio, whisper, encoder));
  return std::nullopt;
}

}  // namespace vram_gauge
