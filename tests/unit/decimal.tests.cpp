#include "decimal.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "catch.hpp"

using vram_gauge::read_decimal;

namespace {

struct Read {
  double value;
  std::size_t used;
};

Read read(const std::string& text) {
  char* end = nullptr;
  const double value = read_decimal(text.c_str(), &end);
  return {value, static_cast<std::size_t>(end - text.c_str())};
}

std::string printed(const char* format, int digits, double value) {
  std::string text(1100, '\0');
  text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), format, digits, value)));
  return text;
}

}  // namespace

TEST_CASE("decimals: the nearest double, ties to even", "[decimal]") {
  CHECK(read("9007199254740993").value == 9007199254740992.0);
  CHECK(read("9007199254740993.00000000000000000000001").value == 9007199254740994.0);
  CHECK(read("9007199254740995").value == 9007199254740996.0);
  CHECK(read("1e23").value == 1e23);
  CHECK(read("0.1").value == 0.1);
  CHECK(read("1e-05").value == 1e-05);
  CHECK(read("100000000000000000000000000000000000000001").value == 1e41);
}

TEST_CASE("decimals: the ends of the range", "[decimal]") {
  CHECK(read("1.7976931348623157e308").value == 1.7976931348623157e308);
  CHECK(std::isinf(read("1.7976931348623159e308").value));
  CHECK(std::isinf(read("-1e400").value));
  CHECK(std::isinf(read("1e99999999999").value));
  CHECK(read("4.9e-324").value == 0x1p-1074);
  CHECK(read("2.4703282292062327e-324").value == 0.0);
  CHECK(read("2.4703282292062328e-324").value == 0x1p-1074);
  CHECK(read("2.2250738585072011e-308").value == 0x0.fffffffffffffp-1022);
  CHECK(read("1e-400").value == 0.0);
  CHECK(read("0e999999999999").value == 0.0);
  CHECK(std::signbit(read("-0").value));
}

TEST_CASE("decimals: what follows the number is left alone", "[decimal]") {
  CHECK(read("12abc").used == 2);
  CHECK(read("1.5.5").used == 3);
  CHECK(read("1e+").used == 1);
  CHECK(read("2e-3,").used == 4);
  CHECK(read("-").used == 0);
  CHECK(read("").used == 0);
}

TEST_CASE("decimals: like strtod on random numbers", "[decimal]") {
  std::mt19937_64 random(20261124);
  for (int round = 0; round < 20000; ++round) {
    const auto exponent = static_cast<int>(random() % 1980) - 1000;
    const double value = std::ldexp(static_cast<double>(random() >> 11), exponent - 53);
    const std::string text = printed("%.*e", round % 50 == 0 ? 790 : static_cast<int>(random() % 25), value);
    INFO(text);
    REQUIRE(read(text).value == std::strtod(text.c_str(), nullptr));
  }
}

TEST_CASE("decimals: like strtod half way between two doubles, and just beside", "[decimal]") {
  std::mt19937_64 random(1124);
  for (int round = 0; round < 2000; ++round) {
    const std::uint64_t odd = (random() >> 10) | (std::uint64_t{1} << 53) | 1;  // 54 bits: a tie
    const int scale = static_cast<int>(random() % 60);
    const std::string tie = std::to_string(odd >> 1) + ".5";
    const std::string text =
        tie + (round % 2 ? "" : "0000000000000000000000000000000001") + "e" + std::to_string(scale);
    INFO(text);
    REQUIRE(read(text).value == std::strtod(text.c_str(), nullptr));
  }
}
