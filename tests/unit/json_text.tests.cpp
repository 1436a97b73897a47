#include "cli/json_text.hpp"

#include <string>

#include "catch.hpp"

using namespace vram_gauge::cli;

TEST_CASE("json text: members are found as they were written", "[json_text]") {
  const std::string_view text = R"( {"a" : 1.0, "b":{"c":[1,{"d":"}\""}], "e" : null}, "a":2} )";
  REQUIRE(members_of(text));
  CHECK(members_of(text)->size() == 3);
  CHECK(value_at(text, "a") == "2");
  CHECK(value_at(text, "b.e") == "null");
  CHECK(value_at(text, "b.c") == R"([1,{"d":"}\""}])");
  CHECK(value_at(text, "b.x.y").empty());
  CHECK(elements_of(value_at(text, "b.c")).size() == 2);
  CHECK(elements_of("[]").empty());
}

TEST_CASE("json text: what is no object has no members", "[json_text]") {
  for (const char* text : {"", "[", "{", "}", "[]", "1", "{\"a\"}", "{a:1}", "{\"a\":1,}", "{\"a\":[}", "{\"a\":1}}",
                           "{\"a:1}", "{\"a\":\"\\\"}"}) {
    INFO(text);
    CHECK_FALSE(members_of(text));
  }
  CHECK(members_of("{}")->empty());
  CHECK_FALSE(members_of(std::string(200'000, '{')));
}

TEST_CASE("json text: strings are read with their escapes and written back", "[json_text]") {
  CHECK(unquoted(R"("a\"\\\/\n\u0041\u00e4\u20ac\ud83d\ude00")") == "a\"\\/\nA\u00e4\u20ac\U0001F600");
  for (const char* text : {"", "\"", "a", "\"a", "\"\\x\"", "\"\\ud83d\"", "\"\\u12\"", "\"a\"b\"", "\"\n\""}) {
    INFO(text);
    CHECK_FALSE(unquoted(text));
  }
  const std::string awkward = "a\"b\\c\n\x01\u20ac";
  CHECK(quoted("\n\x1f") == "\"\\u000a\\u001f\"");
  // Qualified: with <iomanip> in sight an argument of std::string finds std::quoted too.
  CHECK(unquoted(vram_gauge::cli::quoted(awkward)) == awkward);
}

TEST_CASE("json text: a value is replaced or added at its path", "[json_text]") {
  CHECK(with_value("{}", "a", "1") == R"({"a":1})");
  CHECK(with_value(R"({"a":{"b":1,"c":2}})", "a.b", "3") == R"({"a":{"c":2,"b":3}})");
  CHECK(with_value("{}", "a.b.c", "true") == R"({"a":{"b":{"c":true}}})");
  CHECK(without(R"({"a":1,"b":"x","a":2})", "a") == R"({"b":"x"})");
}
