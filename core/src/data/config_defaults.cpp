#include "data/config_defaults.hpp"

namespace vram_gauge {
namespace {

// All rows in one text, a line a class: "\nllava text_config?llama vision_config?clip_vision_model
// tie_word_embeddings=0". Searched by halves, it needs no pointers beside it and compresses to a sixth of what arrays
// of structs do.
constexpr std::string_view kTable =
#define TYPE(model_type) "\n" model_type
#define V(key, value) " " #key "=" #value
#define CLASS(key, model_type) " " #key ">" model_type
#define FILE(key, model_type) " " #key "?" model_type
#include "data/config_defaults.inc"
#undef TYPE
#undef V
#undef CLASS
#undef FILE
    "\n";

// The line of a class without its name, from a space on; empty for an unknown class.
std::string_view line_of(std::string_view model_type) {
  std::size_t low = 0, high = kTable.size() - 1;  // both at the line feed before a class, or at the last one
  while (low < high) {
    const std::size_t begin = kTable.rfind('\n', low + (high - low) / 2);
    const std::size_t end = kTable.find('\n', begin + 1);
    const std::string_view line = kTable.substr(begin + 1, end - begin - 1), name = line.substr(0, line.find(' '));
    const int order = model_type.compare(name);
    if (order == 0) return line.substr(name.size());
    if (order < 0) high = begin;
    else low = end;
  }
  return {};
}

// What follows " key" in the line, from its sign on.
std::string_view entry_of(std::string_view line, std::string_view key) {
  for (std::size_t at = line.find(key); at != std::string_view::npos; at = line.find(key, at + 1)) {
    const std::string_view rest = line.substr(at + key.size());
    const bool whole = at > 0 && line[at - 1] == ' ' && !rest.empty();
    if (whole && (rest[0] == '=' || rest[0] == '>' || rest[0] == '?')) return rest.substr(0, rest.find(' '));
  }
  return {};
}

double parse(std::string_view digits) {
  const bool negative = digits.starts_with('-');
  double value = 0, unit = 0;
  for (char c : digits.substr(negative)) {
    if (c == '.') unit = 1;
    else value = value * 10 + (c - '0'), unit *= 10;
  }
  return (negative ? -value : value) / (unit == 0 ? 1 : unit);
}

}  // namespace

std::string_view class_defaults(std::string_view model_type) {
  return model_type.empty() ? std::string_view{} : line_of(model_type);
}

std::optional<double> default_in(std::string_view defaults, std::string_view key) {
  const std::string_view entry = entry_of(defaults, key);
  if (!entry.starts_with('=')) return std::nullopt;
  return parse(entry.substr(1));
}

std::optional<double> default_of(std::string_view model_type, std::string_view key) {
  return default_in(class_defaults(model_type), key);
}

std::string_view nested_model_type(std::string_view defaults, std::string_view key, std::string_view own) {
  const std::string_view entry = entry_of(defaults, key);
  const bool by_class = entry.starts_with('>'), by_file = entry.starts_with('?');
  return by_class || (by_file && own.empty()) ? entry.substr(1) : own;
}

}  // namespace vram_gauge
