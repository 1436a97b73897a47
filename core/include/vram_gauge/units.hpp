// Amounts with a unit: Bytes, Params and Tokens wrap int64_t so that adding bytes to tokens does not compile.
// Every amount is exact; 0 <= amount < 2^53 is ensured where text is read, so that sums and the products the
// core makes cannot overflow. Display units (GiB, percent) are the caller's business.
#pragma once

#include <algorithm>
#include <cstdint>

namespace vram_gauge {

template <class Unit>
struct Amount {
  std::int64_t count = 0;

  constexpr auto operator<=>(const Amount&) const = default;
  constexpr Amount& operator+=(Amount other) { return count += other.count, *this; }
  constexpr Amount& operator-=(Amount other) { return count -= other.count, *this; }
  friend constexpr Amount operator+(Amount a, Amount b) { return {a.count + b.count}; }
  friend constexpr Amount operator-(Amount a, Amount b) { return {a.count - b.count}; }
  friend constexpr Amount operator*(Amount a, std::int64_t n) { return {a.count * n}; }
  friend constexpr Amount operator*(std::int64_t n, Amount a) { return {a.count * n}; }
  // How often `b` fits into `a`, and what share of it one of `n` parts is; both round down.
  friend constexpr std::int64_t operator/(Amount a, Amount b) { return a.count / b.count; }
  friend constexpr Amount operator/(Amount a, std::int64_t n) { return {a.count / n}; }
};

using Bytes = Amount<struct BytesUnit>;
using Params = Amount<struct ParamsUnit>;
using Tokens = Amount<struct TokensUnit>;

inline constexpr Bytes KiB{std::int64_t{1} << 10}, MiB{std::int64_t{1} << 20}, GiB{std::int64_t{1} << 30};

// What no machine has stops here, above the 2^53 bytes at which the report refuses it, so that nothing overflows.
inline constexpr std::int64_t saturated = std::int64_t{1} << 54;

// a · b, or `saturated` if it is more. A size below 0, of which vLLM can't build anything, is refused in the same way.
constexpr std::int64_t saturating(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return a < 0 || b < 0 || __builtin_mul_overflow(a, b, &product) || product > saturated ? saturated : product;
}

template <class Unit>
constexpr void add_saturating(Amount<Unit>& sum, Amount<Unit> more, std::int64_t times = 1) {
  sum.count = std::min(saturated, sum.count + saturating(more.count, times));
}

// The width of a head; 0 where the file names no heads.
constexpr std::int64_t per_head(std::int64_t width, std::int64_t heads) { return heads > 0 ? width / heads : 0; }

// ceil(a / b) and the next multiple of b, for a >= 0 and b > 0.
constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }
constexpr std::int64_t round_up(std::int64_t a, std::int64_t b) { return ceil_div(a, b) * b; }

}  // namespace vram_gauge
