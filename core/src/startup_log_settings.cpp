#include <algorithm>

#include "startup_log_parts.hpp"
#include "text_scan.hpp"

namespace vram_gauge {
namespace {

// Arguments that a request's `engine` knows, by the names that logs use for them.
struct PrintedName {
  std::string_view printed, field;
};

constexpr PrintedName printed_names[] = {
    {"dtype", "dtype"},
    {"quantization", "quantization"},
    {"kv_cache_dtype", "kv_cache_dtype"},
    {"max_model_len", "max_model_len"},
    {"max_seq_len", "max_model_len"},
    {"tensor_parallel_size", "tensor_parallel_size"},
    {"pipeline_parallel_size", "pipeline_parallel_size"},
    {"data_parallel_size", "data_parallel_size"},
    {"decode_context_parallel_size", "decode_context_parallel_size"},
    {"prefill_context_parallel_size", "prefill_context_parallel_size"},
    {"enable_expert_parallel", "enable_expert_parallel"},
    {"gpu_memory_utilization", "gpu_memory_utilization"},
    {"kv_cache_memory_bytes", "kv_cache_memory_bytes"},
    {"max_num_batched_tokens", "max_num_batched_tokens"},
    {"max_num_seqs", "max_num_seqs"},
    {"block_size", "block_size"},
    {"enforce_eager", "enforce_eager"},
    {"enable_prefix_caching", "enable_prefix_caching"},
    {"enable_chunked_prefill", "enable_chunked_prefill"},
    {"chunked_prefill_enabled", "enable_chunked_prefill"},
    {"limit_mm_per_prompt", "limit_mm_per_prompt"},
    {"language_model_only", "language_model_only"},
    {"skip_mm_profiling", "skip_mm_profiling"},
    {"cpu_offload_gb", "cpu_offload_gb"},
    {"swap_space", "swap_space"},
    {"num_gpu_blocks_override", "num_gpu_blocks_override"},
    {"async_scheduling", "async_scheduling"},
    {"performance_mode", "performance_mode"},
    {"disable_sliding_window", "disable_sliding_window"},
    {"disable_hybrid_kv_cache_manager", "disable_hybrid_kv_cache_manager"},
    {"enable_lora", "enable_lora"},
    {"max_loras", "max_loras"},
    {"max_lora_rank", "max_lora_rank"},
    {"speculative_config", "speculative_config"},
    {"max_cudagraph_capture_size", "max_cudagraph_capture_size"},
    {"enable_eplb", "enable_eplb"},
    {"hf_overrides", "hf_overrides"},
    {"mm_encoder_tp_mode", "mm_encoder_tp_mode"},
    {"mamba_cache_mode", "mamba_cache_mode"},
    {"mamba_cache_dtype", "mamba_cache_dtype"},
    {"mamba_ssm_cache_dtype", "mamba_ssm_cache_dtype"},
};

const PrintedName* find_name(std::string_view printed) {
  for (const PrintedName& name : printed_names)
    if (name.printed == printed) return &name;
  return nullptr;
}

// The end of a Python literal at `at`: up to the separator that closes it, brackets and quotes counted.
std::size_t literal_end(std::string_view text, std::size_t at) {
  int depth = 0;
  char quote = 0;
  for (; at < text.size() && text[at] != '\n'; ++at) {
    const char c = text[at];
    if (quote) {
      if (c == '\\') ++at;
      else if (c == quote) quote = 0;
      continue;
    }
    if (c == '\'' || c == '"') quote = c;
    else if (c == '(' || c == '[' || c == '{') ++depth;
    else if (c == ')' || c == ']' || c == '}') {
      if (depth-- == 0) return at;
    } else if (c == ',' && depth == 0) {
      return at;
    }
  }
  return std::min(at, text.size());
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  int points = 0;
  for (const char c : text) {
    if (c == '.') ++points;
    else if (!is_digit(c)) return false;
  }
  return !text.empty() && points <= 1 && is_digit(text.front()) && is_digit(text.back());
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

// A dictionary of strings, numbers and flags, as speculative_config and limit_mm_per_prompt are; "" if it isn't one.
std::string to_json(std::string_view literal);

std::string object_json(std::string_view inside, char sign = ':') {
  std::string out = "{";
  for (std::size_t at = 0; at < inside.size();) {
    const std::size_t end = literal_end(inside, at);
    const std::string_view member = trimmed(inside.substr(at, end - at));
    at = end + 1;
    const std::size_t colon = member.find(sign);
    if (member.empty()) continue;
    if (colon == nowhere) return "";
    const std::string_view name = trimmed(member.substr(0, colon));
    const std::string key = sign == ':'                 ? to_json(name)
                            : name == "num_spec_tokens" ? "\"num_speculative_tokens\""
                                                        : '"' + std::string(name) + '"',
                      value = to_json(trimmed(member.substr(colon + 1)));
    if (key.empty() || key[0] != '"') return "";
    if (value.empty()) continue;
    if (out.size() > 1) out += ',';
    ((out += key) += ':') += value;
  }
  return out + "}";
}

std::string to_json(std::string_view literal) {
  if (literal == "True" || literal == "true") return "true";
  if (literal == "False" || literal == "false") return "false";
  if (literal.empty() || literal == "None" || literal == "null") return "";
  if (is_number(literal)) return std::string(literal);
  constexpr std::string_view speculative = "SpeculativeConfig(";
  if (literal.starts_with(speculative) && literal.back() == ')')
    return object_json(literal.substr(speculative.size(), literal.size() - speculative.size() - 1), '=');
  const char first = literal.front();
  if ((first == '\'' || first == '"') && literal.size() >= 2 && literal.back() == first) {
    const std::string_view text = literal.substr(1, literal.size() - 2);
    if (first == '\'' && text.starts_with('{')) return to_json(text);  // a JSON text given on the command line
    return quoted(text);
  }
  if (first == '{' && literal.back() == '}') return object_json(literal.substr(1, literal.size() - 2));
  if (literal.starts_with("torch.")) return quoted(literal.substr(6));
  if (literal.find_first_of("()[]<>= ") != nowhere) return "";
  return quoted(literal);
}

class Settings {
 public:
  explicit Settings(LogFacts& facts) : facts_(facts) {}

  void set(std::string_view printed, std::string_view literal, bool overwrite) {
    const PrintedName* name = find_name(printed);
    if ((printed == "model" || printed == "model_tag") && facts_.model.empty()) set_model(literal);
    if (!name) return;
    std::string json = to_json(literal);
    if (json.empty() || (name->field == "speculative_config" && json[0] != '{')) return;
    for (LogSetting& setting : facts_.settings)
      if (setting.field == name->field) {
        if (overwrite) setting.json = std::move(json);
        return;
      }
    facts_.settings.push_back({name->field, std::move(json)});
  }

  // `key=value, key=value` or `'key': value, 'key': value` up to the closing bracket or the line's end.
  void read_list(std::string_view text, std::size_t at, char equals, bool overwrite) {
    while (at < text.size() && text[at] != '\n') {
      const std::size_t end = literal_end(text, at);
      std::string_view member = trimmed(text.substr(at, end - at));
      const std::size_t sign = member.find(equals);
      if (sign != nowhere) {
        std::string_view key = trimmed(member.substr(0, sign));
        if (key.size() >= 2 && key.front() == '\'') key = key.substr(1, key.size() - 2);
        set(key, trimmed(member.substr(sign + 1)), overwrite);
      }
      if (end >= text.size() || text[end] != ',') return;
      at = end + 1;
    }
  }

 private:
  void set_model(std::string_view literal) {
    if (literal.size() >= 2 && (literal.front() == '\'' || literal.front() == '"'))
      literal = literal.substr(1, literal.size() - 2);
    facts_.model = literal;
  }

  LogFacts& facts_;
};

void read_version(std::string_view text, LogFacts& facts) {
  for (const std::string_view phrase : {"API server version ", "LLM engine (v", "vLLM version "}) {
    std::size_t at = text.find(phrase);
    if (at == nowhere) continue;
    at += phrase.size();
    if (at < text.size() && text[at] == 'v') ++at;
    std::size_t end = at;
    while (end < text.size() && (is_word(text[end]) || text[end] == '.' || text[end] == '+')) ++end;
    if (end == at || !is_digit(text[at])) continue;
    facts.version = text.substr(at, end - at);
    return;
  }
}

std::string word_after(std::string_view text, std::string_view phrase) {
  const std::size_t at = text.find(phrase);
  if (at == nowhere) return {};
  std::size_t end = at + phrase.size();
  while (end < text.size() && (is_word(text[end]) || text[end] == '/' || text[end] == '-' || text[end] == '.')) ++end;
  while (end > at + phrase.size() && text[end - 1] == '.') --end;
  return std::string(text.substr(at + phrase.size(), end - at - phrase.size()));
}

void read_lists(std::string_view text, Settings& settings) {
  // What the user gave, then what the engine came to: the engine's line completes and does not overrule.
  if (std::size_t at = text.find("non-default args: {"); at != nowhere) settings.read_list(text, at + 19, ':', true);
  if (std::size_t at = text.find("Namespace("); at != nowhere) settings.read_list(text, at + 10, '=', false);
  for (const std::string_view phrase : {"Initializing a V1 LLM engine", "Initializing an LLM engine"}) {
    const std::size_t at = text.find(phrase);
    const std::size_t config = at == nowhere ? nowhere : text.find("config: ", at);
    if (config != nowhere && config < at + 160) settings.read_list(text, config + 8, '=', false);
  }
}

}  // namespace

void read_log_settings(std::string_view text, LogFacts& facts) {
  read_version(text, facts);
  Settings settings(facts);
  read_lists(text, settings);
  for (const std::string_view phrase : {"max_num_batched_tokens=", "max_num_seqs="}) {
    const std::size_t at = text.find(phrase);
    if (at == nowhere) continue;
    if (const auto number = number_after(text, at + phrase.size(), 1))
      settings.set(phrase.substr(0, phrase.size() - 1), std::to_string(static_cast<std::int64_t>(number->value)),
                   false);
  }
  if (const std::size_t at = text.find("Using max model len "); at != nowhere)
    if (const auto number = number_after(text, at + 20, 1))
      settings.set("max_model_len", std::to_string(static_cast<std::int64_t>(number->value)), false);
  facts.architecture = word_after(text, "Resolved architecture: ");
  facts.gpu = word_after(text, "device_name=");
  if (facts.gpu.ends_with(".json")) facts.gpu.resize(facts.gpu.size() - 5);
  std::replace(facts.gpu.begin(), facts.gpu.end(), '_', ' ');
  if (facts.model.empty()) facts.model = word_after(text, "Starting to load model ");
  facts.v2_runner = text.find("Using V2 Model Runner") != nowhere || text.find("gpu/model_runner.py") != nowhere;
  facts.first_engine = text.find("Initializing an LLM engine") != nowhere || text.find("# GPU blocks:") != nowhere ||
                       text.find("# CUDA blocks:") != nowhere;
}

}  // namespace vram_gauge
