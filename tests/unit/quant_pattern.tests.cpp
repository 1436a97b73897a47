#include <random>
#include <string>

#include "catch.hpp"
#include "quantization/pattern.hpp"

using namespace vram_gauge;

namespace {

constexpr std::int64_t plenty = 1'000'000;

bool matches(std::string_view pattern, std::string_view text) {
  std::int64_t work = plenty;
  return Regex(pattern).matches(text, work);
}

bool matches_all(std::string_view pattern, std::string_view text) {
  std::int64_t work = plenty;
  return Regex(pattern).matches_all(text, work);
}

bool found(std::string_view pattern, std::string_view text) {
  std::int64_t work = plenty;
  return Regex(pattern).found_in(text, work);
}

}  // namespace

TEST_CASE("an expression matches at the start of a name, as re.match does", "[quant][pattern]") {
  const std::string_view name = "model.layers.3.self_attn.q_proj";
  CHECK(matches(".*self_attn.*", name));
  CHECK(matches("model", name));
  CHECK_FALSE(matches("layers", name));
  CHECK(found("layers", name));
  CHECK_FALSE(matches_all("model", name));
  CHECK(matches_all(".*q_proj", name));
  CHECK(matches(".*\\.q_proj$", name));
  CHECK_FALSE(matches(".*\\.k_proj$", name));
  CHECK(matches("", name));
}

TEST_CASE("groups, alternatives, sets and repetitions of real ignore lists", "[quant][pattern]") {
  CHECK(matches(".*mlp\\.(gate|up|gate_up|down)_proj.*", "model.layers.0.mlp.gate_up_proj"));
  CHECK_FALSE(matches(".*mlp\\.(gate|up|gate_up|down)_proj.*", "model.layers.0.mlp.experts.0.gate_proj"));
  CHECK(matches(".*\\.layers\\.(1[0-5]|[3-5])\\..*", "model.layers.12.mlp"));
  CHECK(matches(".*\\.layers\\.(1[0-5]|[3-5])\\..*", "model.layers.4.mlp"));
  CHECK_FALSE(matches(".*\\.layers\\.(1[0-5]|[3-5])\\..*", "model.layers.16.mlp"));
  CHECK(matches("^(?!.*lm_head).*$", "model.layers.0.mlp"));
  CHECK_FALSE(matches("^(?!.*lm_head).*$", "lm_head"));
  CHECK(matches("\\w+\\.\\d{1,2}\\.[^.]+$", "layers.12.proj"));
  CHECK_FALSE(matches("\\w+\\.\\d{1,2}\\.[^.]+$", "layers.123.proj"));
  CHECK(matches("(a|b)*c", "ababc"));
  CHECK(matches_all("a{2,3}?b+?", "aaab"));
  CHECK_FALSE(matches_all("a{2,3}b", "ab"));
  CHECK(matches_all("a{,2}", "aa"));
  CHECK(matches("x{y", "x{y"));
}

TEST_CASE("what is not understood says so", "[quant][pattern]") {
  for (const char* pattern :
       {"(", ")", "a)", "[a", "*a", "(?<=a)b", "(a)\\1", "a*+", "a{3,2}", "\\", "(?P<n>a)", "[z-a]", "a{1000}"})
    CHECK_FALSE(Regex(pattern).valid());
  std::string deep(100, '(');
  deep += 'a';
  deep.append(100, ')');
  CHECK_FALSE(Regex(deep).valid());
}

TEST_CASE("no pattern takes long", "[quant][pattern]") {
  std::string nested = "a";
  for (int i = 0; i < 6; ++i) nested = "(" + nested + "*)*";
  const std::string text(2000, 'a');
  std::int64_t work = 200'000;
  Regex(nested + "$").matches(text + "b", work);
  CHECK(work > -10'000);
  work = 100'000;
  std::string ahead = "a";
  for (int i = 0; i < 20; ++i) ahead = "(?=.*" + ahead + ")";
  CHECK_FALSE(Regex(ahead + ".*b").matches(text, work));
  CHECK(work > -10'000);
}

TEST_CASE("any bytes make a pattern that is answered", "[quant][pattern]") {
  std::mt19937 random(7);
  const std::string_view letters = "ab.01*+?()[]{}|^$\\-,:!=<dwsbAZ";
  for (int i = 0; i < 20'000; ++i) {
    std::string pattern, text;
    for (std::size_t n = random() % 14; n > 0; --n) pattern += letters[random() % letters.size()];
    for (std::size_t n = random() % 10; n > 0; --n) text += letters[random() % 5];
    std::int64_t work = plenty;
    const Regex regex(pattern);
    const bool prefix = regex.matches(text, work);
    // Whatever is matched from the start is also found somewhere, and matching all is matching a start.
    if (prefix) CHECK(regex.found_in(text, work));
    if (regex.matches_all(text, work)) CHECK(prefix);
    CHECK(work > 0);
    wildcard_matches(pattern, text);
  }
}

TEST_CASE("shell wildcards cover the whole name", "[quant][pattern]") {
  CHECK(wildcard_matches("model.layers.*.self_attn*", "model.layers.7.self_attn.q_proj"));
  CHECK_FALSE(wildcard_matches("layers.*", "model.layers.7"));
  CHECK(wildcard_matches("*.mlp.shared_expert.*", "model.layers.0.mlp.shared_expert.down_proj"));
  CHECK(wildcard_matches("mtp.*", "mtp.0.ffn"));
  CHECK(wildcard_matches("layers.[0-3].m?p", "layers.2.mlp"));
  CHECK_FALSE(wildcard_matches("layers.[!0-3].mlp", "layers.2.mlp"));
  CHECK(wildcard_matches("a[", "a["));
  CHECK(wildcard_matches("", ""));
  CHECK_FALSE(wildcard_matches("", "a"));
  CHECK(wildcard_matches("**", ""));
}
