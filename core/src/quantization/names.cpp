#include "quantization/names.hpp"

#include <algorithm>

#include "text_scan.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

constexpr std::size_t max_layer = 4096;  // beyond: no layer's number

// Finds "layers.12." or "blocks.12." with nothing pattern-like before it; `at` and `size` of the number.
bool find_layer(std::string_view text, std::size_t& at, std::size_t& size, std::size_t& number) {
  if (text.starts_with("re:")) return false;
  for (const std::string_view word : {"layers.", "blocks."}) {
    const std::size_t found = text.find(word);
    if (found == std::string_view::npos || text.substr(0, found).find_first_of("*?[") != std::string_view::npos)
      continue;
    at = found + word.size();
    size = 0;
    number = 0;
    while (at + size < text.size() && is_digit(text[at + size]) && number < max_layer)
      number = number * 10 + static_cast<std::size_t>(text[at + size++] - '0');
    if (size > 0 && number < max_layer && at + size < text.size() && text[at + size] == '.') return true;
  }
  return false;
}

std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return (hash ^ 0xff) * 0x100000001b3u;
}

}  // namespace

void NameList::add(std::string text, int value) {
  std::size_t at = 0, size = 0, number = 0;
  const int index = static_cast<int>(entries_.size());
  if (find_layer(text, at, size, number)) {
    if (number >= by_layer_.size()) by_layer_.resize(number + 1);
    by_layer_[number].push_back(index);
  } else {
    anywhere_.push_back(index);
    mentions_digits_ |= std::any_of(text.begin(), text.end(), is_digit) || contains(text, "\\d");
    size = at = 0;
  }
  entries_.push_back({std::move(text), value, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(size)});
}

std::uint64_t NameList::fingerprint(std::int64_t layer) const {
  std::uint64_t hash = 0xcbf29ce484222325u;
  if (mentions_digits_) hash = (hash ^ static_cast<std::uint64_t>(layer)) * 0x100000001b3u;
  if (static_cast<std::size_t>(layer) >= by_layer_.size()) return hash;
  for (const int index : by_layer_[static_cast<std::size_t>(layer)]) {
    const Entry& entry = entries_[static_cast<std::size_t>(index)];
    const std::string_view text = entry.text;
    hash = mix(mix(hash, text.substr(0, entry.number_at)), text.substr(entry.number_at + entry.number_size));
    hash = (hash ^ static_cast<std::uint64_t>(entry.value)) * 0x100000001b3u;
  }
  return hash;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t found = from.empty() ? std::string_view::npos : text.find(from, at);
    if (found == std::string_view::npos) return out.append(text.substr(at));
    out.append(text.substr(at, found - at)).append(to);
    at = found + from.size();
  }
}

std::string_view last_component(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

}  // namespace vram_gauge
