#include "decimal.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace vram_gauge {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 0.d1d2d3… x 10^point. No double needs more than 768 digits to tell which side of a tie it is on; what is cut off
// beyond that only matters as being there (`more`).
struct Decimal {
  static constexpr int capacity = 800;
  std::array<std::uint8_t, capacity + 20> digits{};
  int count = 0;
  int point = 0;
  bool more = false;

  void append(int digit) {
    if (count < capacity) {
      digits[static_cast<unsigned>(count++)] = static_cast<std::uint8_t>(digit);
    } else {
      more |= digit != 0;
    }
  }

  void trim() {
    while (count > 0 && digits[static_cast<unsigned>(count) - 1] == 0) --count;
  }

  // Divides by 2^bits, bits <= 27: long division, digit by digit.
  void halve(int bits) {
    const Decimal from = *this;
    const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
    std::uint64_t rest = 0;
    count = 0;
    for (int at = 0; at < from.count || rest != 0; ++at) {
      rest = rest * 10 + (at < from.count ? from.digits[static_cast<unsigned>(at)] : 0u);
      const int digit = static_cast<int>(rest >> bits);
      rest &= mask;
      if (count == 0 && digit == 0) {
        --point;
      } else {
        append(digit);
      }
      if (count == capacity && rest != 0) more = true;
      if (count == capacity && at >= from.count) break;
    }
    trim();
  }

  // Multiplies by 2^bits, bits <= 27, from the last digit to the first; at most nine new ones in front.
  void twice(int bits) {
    const Decimal from = *this;
    std::array<std::uint8_t, capacity + 20> out{};
    auto at = out.size();
    std::uint64_t carry = 0;
    for (int left = from.count; left > 0 || carry != 0; --left) {
      if (left > 0) carry += std::uint64_t{from.digits[static_cast<unsigned>(left) - 1]} << bits;
      if (left <= 0) ++point;
      out[--at] = static_cast<std::uint8_t>(carry % 10);
      carry /= 10;
    }
    count = 0;
    for (; at < out.size(); ++at) append(out[at]);
    trim();
  }

  // The integer before the point, which is below 2^54, rounded half to even.
  std::uint64_t rounded() const {
    std::uint64_t value = 0;
    for (int at = 0; at < point; ++at) value = value * 10 + (at < count ? digits[static_cast<unsigned>(at)] : 0u);
    if (point < 0 || point >= count) return value;
    const int next = digits[static_cast<unsigned>(point)];
    const bool tie = next == 5 && point + 1 == count && !more;
    return value + (tie ? value & 1 : next >= 5);
  }
};

// Scales by powers of two until the value is in [0.5, 1), then takes 53 bits, or fewer where the double is subnormal.
double nearest(Decimal& d) {
  constexpr std::array<int, 9> steps{1, 3, 6, 9, 13, 16, 19, 23, 26};  // bits that surely fit into so many digits
  const auto step = [&](int digits) { return digits < 9 ? steps[static_cast<unsigned>(digits)] : 27; };
  if (d.count == 0 || d.point < -330) return 0;
  if (d.point > 310) return HUGE_VAL;
  int exponent = 0;
  while (d.point > 0) {
    const int bits = step(d.point);
    d.halve(bits);
    exponent += bits;
  }
  while (d.point < 0 || d.digits[0] < 5) {
    const int bits = step(-d.point);
    d.twice(bits);
    exponent -= bits;
  }
  int bits = exponent < -1021 ? 53 - (-1021 - exponent) : 53;
  if (bits < 0) return 0;
  exponent -= bits;
  for (; bits > 27; bits -= 27) d.twice(27);
  d.twice(bits);
  return std::ldexp(static_cast<double>(d.rounded()), exponent);
}

// Both factors are exact, so the one operation rounds correctly.
bool quick(std::uint64_t digits, int exponent, double& value) {
  if (digits >= (std::uint64_t{1} << 53) || exponent < -22 || exponent > 22) return false;
  double power = 1;
  for (int left = std::abs(exponent); left > 0; --left) power *= 10;
  value = exponent < 0 ? static_cast<double>(digits) / power : static_cast<double>(digits) * power;
  return true;
}

// What stands behind the digits: "e-5", or nothing. Far beyond any double it stays where it is.
int read_exponent(const char*& at) {
  if ((*at | 32) != 'e') return 0;
  const char* digits = at + 1;
  const bool negative = *digits == '-';
  if (*digits == '-' || *digits == '+') ++digits;
  if (!is_digit(*digits)) return 0;
  int value = 0;
  for (; is_digit(*digits); ++digits) {
    if (value < 100'000'000) value = value * 10 + (*digits - '0');
  }
  at = digits;
  return negative ? -value : value;
}

}  // namespace

double read_decimal(const char* text, char** end) {
  const char* at = text;
  const bool negative = *at == '-';
  if (*at == '-' || *at == '+') ++at;
  Decimal decimal;
  std::uint64_t leading = 0;
  int used = 0;
  bool any = false, dot = false;
  for (; is_digit(*at) || (*at == '.' && !dot); ++at) {
    if (*at == '.') {
      dot = true;
      continue;
    }
    any = true;
    const int digit = *at - '0';
    if (decimal.count != 0 || digit != 0) {
      decimal.append(digit);
      if (++used <= 19) leading = leading * 10 + static_cast<unsigned>(digit);
      decimal.point += dot ? 0 : 1;
    } else {
      decimal.point -= dot ? 1 : 0;
    }
  }
  if (any) decimal.point += read_exponent(at);
  if (end) *end = const_cast<char*>(any ? at : text);
  if (!any) return 0;
  double value = 0;
  if (used > 19 || !quick(leading, decimal.point - used, value)) {
    decimal.trim();
    value = nearest(decimal);
  }
  return negative ? -value : value;
}

}  // namespace vram_gauge
