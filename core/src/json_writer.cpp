#include "json_writer.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace vram_gauge {
namespace {

using Wide = unsigned __int128;

// A positive double taken apart: whole + fraction / 2^shift, exactly. Values under 2^-66 have no digits here.
struct Parts {
  std::uint64_t whole = 0;
  Wide fraction = 0;
  int shift = 0;
};

Parts take_apart(double value) {
  int exponent = 0;
  const auto mantissa = static_cast<std::uint64_t>(std::ldexp(std::frexp(value, &exponent), 53));
  const int shift = 53 - exponent;  // value = mantissa / 2^shift; callers see to it that 0 < shift
  if (shift > 119) return {};
  return {static_cast<std::uint64_t>(Wide{mantissa} >> shift), Wide{mantissa} & ((Wide{1} << shift) - 1), shift};
}

// `significant` decimal digits, rounded half up on the exact value.
std::string digits_of(const Parts& parts, int significant) {
  std::string text = std::to_string(parts.whole);
  int have = parts.whole > 0 ? static_cast<int>(text.size()) : 0;
  Wide fraction = parts.fraction;
  const Wide one = Wide{1} << parts.shift;
  text += '.';
  while (have < significant && fraction != 0) {
    fraction *= 10;
    const int digit = static_cast<int>(fraction >> parts.shift);
    fraction &= one - 1;
    text += static_cast<char>('0' + digit);
    if (have > 0 || digit > 0) ++have;
  }
  std::size_t at = fraction * 2 >= one ? text.size() : 0;
  while (at > 0) {
    char& c = text[--at];
    if (c == '.') continue;
    if (c != '9') {
      ++c;
      break;
    }
    c = '0';
    if (at == 0) text.insert(0, "1");
  }
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

std::string decimal(double value) {
  if (!std::isfinite(value)) return "null";
  if (value == 0) return "0";
  if (value < 0) return "-" + decimal(-value);
  if (value < 0x1p63 && value == std::floor(value)) return std::to_string(static_cast<std::int64_t>(value));
  const Parts parts = take_apart(value);
  std::string text;
  for (int significant = 6; significant <= 17; ++significant) {
    text = digits_of(parts, significant);
    if (std::strtod(text.c_str(), nullptr) == value) break;
  }
  return text;
}

void JsonWriter::start(std::string_view key) {
  if (!out_.empty() && out_.back() != '{' && out_.back() != '[') out_.push_back(',');
  if (key.empty()) return;
  quote(key);
  out_.push_back(':');
}

void JsonWriter::quote(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out_.push_back('"');
  std::size_t written = 0;  // up to here; what needs no escape is written in one go
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = static_cast<unsigned char>(text[i]);
    if (code >= 0x20 && code != '"' && code != '\\') continue;
    put(text.substr(written, i - written));
    written = i + 1;
    const char escaped[] = {'\\', 'u', '0', '0', hex[code >> 4], hex[code & 15]};
    if (code >= 0x20) put({"\\", 1}), out_.push_back(text[i]);
    else if (code == '\n') put("\\n");
    else put({escaped, sizeof escaped});
  }
  put(text.substr(written));
  out_.push_back('"');
}

JsonWriter& JsonWriter::open(std::string_view key, char bracket) { return start(key), out_.push_back(bracket), *this; }
JsonWriter& JsonWriter::close(char bracket) { return out_.push_back(bracket), *this; }
JsonWriter& JsonWriter::integer(std::string_view key, std::int64_t value) {
  start(key);
  char digits[24];
  const char* end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
  return put({digits, static_cast<std::size_t>(end - digits)}), *this;
}
JsonWriter& JsonWriter::number(std::string_view key, double value) { return start(key), put(decimal(value)), *this; }
JsonWriter& JsonWriter::boolean(std::string_view key, bool value) {
  return start(key), put(value ? "true" : "false"), *this;
}
JsonWriter& JsonWriter::text(std::string_view key, std::string_view value) { return start(key), quote(value), *this; }
JsonWriter& JsonWriter::null(std::string_view key) { return start(key), put("null"), *this; }
JsonWriter& JsonWriter::raw(std::string_view key, std::string_view json) { return start(key), put(json), *this; }

}  // namespace vram_gauge
