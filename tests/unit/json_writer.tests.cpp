#include "json_writer.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "catch.hpp"

using vram_gauge::JsonWriter;

TEST_CASE("integers are written as the library writes them", "[json]") {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{7}, std::int64_t{10}, std::int64_t{999'999'999}, std::int64_t{1'000'000'000},
        std::int64_t{1'000'000'005}, std::int64_t{85'017'622'528}, std::int64_t{1'000'000'000'000'000'000},
        std::int64_t{INT64_MAX}, std::int64_t{INT64_MIN}, std::int64_t{-1}, std::int64_t{-1'000'000'000}}) {
    JsonWriter w;
    w.begin_array().integer({}, value).end_array();
    CHECK(w.str() == '[' + std::to_string(value) + ']');
  }
}

TEST_CASE("texts are escaped wherever the character stands", "[json]") {
  for (std::size_t length = 1; length < 20; ++length)
    for (std::size_t at = 0; at < length; ++at)
      for (const auto& [raw, escaped] : {std::pair{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\x01', "\\u0001"}}) {
        std::string text(length, '\xC3'), expected = text;
        text[at] = raw;
        expected.replace(at, 1, escaped);
        JsonWriter w;
        w.begin_array().text({}, text).end_array();
        CHECK(w.str() == "[\"" + expected + "\"]");
      }
}

TEST_CASE("numbers beyond 64 bits keep their size", "[json]") {
  for (const double value : {1e19, 1e30, 1.5e300, -1e308, 0x1p1023})
    CHECK(std::abs(std::strtod(vram_gauge::decimal(value).c_str(), nullptr) / value - 1) < 1e-12);
}
