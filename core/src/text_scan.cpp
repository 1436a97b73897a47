#include "text_scan.hpp"

#include <cstdint>

namespace vram_gauge {
namespace {

struct Unit {
  std::string_view name;
  int shift;
};

constexpr Unit units[] = {{"KiB", 10}, {"KB", 10},  {"MiB", 20},  {"MB", 20}, {"GiB", 30},
                          {"GB", 30},  {"TiB", 40}, {"bytes", 0}, {"B", 0}};

// Digits, separators between groups of three, a decimal point followed by a digit. Mantissa and power of ten are exact
// doubles for what logs print, so their quotient is the nearest double, as reading JSON would give.
ScannedNumber read_number(std::string_view text, std::size_t at) {
  ScannedNumber out;
  double power = 0;
  const bool negative = at > 0 && text[at - 1] == '-' && (at < 2 || !is_word(text[at - 2]));
  for (; at < text.size(); ++at) {
    const char c = text[at];
    const bool digit_follows = at + 1 < text.size() && is_digit(text[at + 1]);
    if (is_digit(c)) {
      out.value = out.value * 10 + (c - '0');
      power *= 10;
    } else if (c == '.' && power == 0 && digit_follows) {
      power = 1;
    } else if (!(c == ',' && power == 0 && digit_follows && at + 3 < text.size() && is_digit(text[at + 3]))) {
      break;
    }
  }
  if (power > 0) out.value /= power;
  if (negative) out.value = -out.value;
  out.end = at;
  return out;
}

void read_unit(std::string_view text, ScannedNumber& number) {
  std::size_t at = number.end;
  if (at < text.size() && text[at] == ' ') ++at;
  for (const Unit& unit : units) {
    if (!text.substr(at).starts_with(unit.name)) continue;
    const std::size_t end = at + unit.name.size();
    if (end < text.size() && is_word(text[end])) continue;
    number.value *= static_cast<double>(std::int64_t{1} << unit.shift);
    number.end = end;
    number.has_unit = true;
    return;
  }
}

}  // namespace

std::optional<ScannedNumber> number_after(std::string_view text, std::size_t at, std::size_t reach) {
  for (std::size_t i = at; i < text.size() && i < at + reach && text[i] != '\n'; ++i) {
    if (!is_digit(text[i])) continue;
    ScannedNumber number = read_number(text, i);
    read_unit(text, number);
    return number;
  }
  return std::nullopt;
}

std::optional<ScannedNumber> number_before(std::string_view text, std::size_t at) {
  std::size_t start = at;
  while (start > 0 && at - start < 24 &&
         (is_word(text[start - 1]) || text[start - 1] == '.' || text[start - 1] == ',' || text[start - 1] == ' ')) {
    --start;
    // the number is what stands before its unit: stop at the first space in front of digits
    if (text[start] == ' ' && start + 1 < at && is_digit(text[start + 1])) {
      ++start;
      break;
    }
  }
  if (start >= text.size() || !is_digit(text[start])) return std::nullopt;
  ScannedNumber number = read_number(text, start);
  read_unit(text, number);
  return number.end == at ? std::optional<ScannedNumber>(number) : std::nullopt;
}

}  // namespace vram_gauge
