#include "json_writer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
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
  const int shift = 53 - exponent;  // value = mantissa / 2^shift; decimal() sees to it that 0 < shift
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

// Whether one of eight bytes is a quote, a backslash or a control character.
bool needs_escape(std::uint64_t bytes) {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101, high = ones << 7;
  const auto any_below = [](std::uint64_t value, std::uint64_t limit) {
    return (value - ones * limit) & ~value & high;
  };
  return (any_below(bytes ^ (ones * '"'), 1) | any_below(bytes ^ (ones * '\\'), 1) | any_below(bytes, 0x20)) != 0;
}

}  // namespace

std::string decimal(double value) {
  if (!std::isfinite(value)) return "null";
  if (value == 0) return "0";
  if (value < 0) return "-" + decimal(-value);
  if (value < 0x1p63 && value == std::floor(value)) return std::to_string(static_cast<std::int64_t>(value));
  int tens = 0;  // a config may hold such numbers, a report doesn't
  for (; value >= 0x1p63; value /= 10) ++tens;
  if (tens > 0) return decimal(value) + 'e' + std::to_string(tens);
  const Parts parts = take_apart(value);
  std::string text;
  for (int significant = 6; significant <= 17; ++significant) {
    text = digits_of(parts, significant);
    if (std::strtod(text.c_str(), nullptr) == value) break;
  }
  return text;
}

char* JsonWriter::room(std::size_t size) {
  if (used_ + size > room_) {
    room_ = 2 * room_ + size;
    auto larger = std::unique_ptr<char[]>(new char[room_]);
    std::copy_n(out_.get(), used_, larger.get());
    out_ = std::move(larger);
  }
  return out_.get() + used_;
}

void JsonWriter::put(std::string_view text) {
  std::copy(text.begin(), text.end(), room(text.size()));
  used_ += text.size();
}

void JsonWriter::start(std::string_view key) {
  if (used_ > 0 && out_[used_ - 1] != '{' && out_[used_ - 1] != '[') put(',');
  if (key.empty()) return;
  quote(key);
  put(':');
}

void JsonWriter::quote(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  char* at = room(6 * text.size() + 2);
  *at++ = '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::uint64_t eight = 0; i + sizeof eight <= text.size()) {
      std::memcpy(&eight, &text[i], sizeof eight);
      if (!needs_escape(eight)) {
        std::memcpy(at, &eight, sizeof eight);
        at += sizeof eight;
        i += sizeof eight - 1;
        continue;
      }
    }
    const char c = text[i];
    const auto code = static_cast<unsigned char>(c);
    if (code >= 0x20 && c != '"' && c != '\\') {
      *at++ = c;
      continue;
    }
    *at++ = '\\';
    if (code >= 0x20) *at++ = c;
    else if (c == '\n') *at++ = 'n';
    else
      for (const char digit : {'u', '0', '0', hex[code >> 4], hex[code & 15]}) *at++ = digit;
  }
  *at++ = '"';
  used_ = static_cast<std::size_t>(at - out_.get());
}

JsonWriter& JsonWriter::open(std::string_view key, char bracket) { return start(key), put(bracket), *this; }
JsonWriter& JsonWriter::close(char bracket) { return put(bracket), *this; }
// By pieces of nine digits, which divide in 32 bits: WebAssembly has no multiplication that would spare it the division
// of 64, and a report is mostly numbers.
JsonWriter& JsonWriter::integer(std::string_view key, std::int64_t value) {
  start(key);
  char digits[24];
  char* at = std::end(digits);
  auto rest = value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  constexpr std::uint32_t billion = 1'000'000'000;
  do {
    auto piece = static_cast<std::uint32_t>(rest % billion);
    rest /= billion;
    for (int i = 0; rest > 0 ? i < 9 : i == 0 || piece > 0; ++i, piece /= 10)
      *--at = static_cast<char>('0' + piece % 10);
  } while (rest > 0);
  if (value < 0) *--at = '-';
  return put({at, static_cast<std::size_t>(std::end(digits) - at)}), *this;
}
JsonWriter& JsonWriter::number(std::string_view key, double value) { return start(key), put(decimal(value)), *this; }
JsonWriter& JsonWriter::boolean(std::string_view key, bool value) {
  return start(key), put(value ? "true" : "false"), *this;
}
JsonWriter& JsonWriter::text(std::string_view key, std::string_view value) { return start(key), quote(value), *this; }
JsonWriter& JsonWriter::null(std::string_view key) { return start(key), put("null"), *this; }
JsonWriter& JsonWriter::raw(std::string_view key, std::string_view json) { return start(key), put(json), *this; }

}  // namespace vram_gauge
