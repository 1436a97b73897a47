// Finding numbers in printed text.
#pragma once

#include <optional>
#include <string_view>

namespace vram_gauge {

inline constexpr std::size_t nowhere = std::string_view::npos;

struct ScannedNumber {
  double value = 0;
  std::size_t end = 0;  // just after it and a unit
  bool has_unit = false;
};

// The number that begins within `reach` characters after `at`, with thousands separators read over, and its unit
// applied if one of B, KiB, KB, MiB, MB, GiB, GB, TiB follows (all powers of two: what vLLM and torch print as GB is
// GiB). A line's end stops the search.
std::optional<ScannedNumber> number_after(std::string_view text, std::size_t at, std::size_t reach = 24);

// The number with its unit that ends just before `at` ("7.56 GiB for weight": at = position of " for weight").
std::optional<ScannedNumber> number_before(std::string_view text, std::size_t at);

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; }

}  // namespace vram_gauge
