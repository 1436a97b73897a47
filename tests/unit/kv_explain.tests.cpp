#include "catch.hpp"
#include "hand_made_kv.hpp"

using namespace vram_gauge;

TEST_CASE("what changed between two releases is said rule by rule", "[kv][kv_explain]") {
  const std::vector<std::string> lines =
      explain_kv_change(hand_gpt_oss_20b(), hand_settings({25, 1}, 131072), hand_settings({26, 0}, 131072), 50 * GiB);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].rfind("0.26.0: sliding and chunked windows also hold the tokens of every batch in flight", 0) == 0);
  CHECK(lines[0].find(": 113,994 fewer tokens.") != std::string::npos);
}

TEST_CASE("changes add up to the difference between the two plans, both ways", "[kv][kv_explain]") {
  const KvSettings old_settings = hand_settings({19, 1}, 262144), new_settings = hand_settings({33, 0}, 262144);
  KvSettings without = old_settings;
  without.prefix_caching = false;
  const auto forward = explain_kv_change(hand_qwen3_next(), without, new_settings, 20 * GiB);
  CHECK(forward.size() == 3);  // the token formula, prefix caching, checkpoints
  const auto backward = explain_kv_change(hand_qwen3_next(), new_settings, without, 20 * GiB);
  CHECK(backward.size() == 3);
  CHECK(backward[1].find("Not before 0.28.0") == 0);
}

TEST_CASE("nothing changed: nothing is said", "[kv][kv_explain]") {
  const Model plain = hand_uniform(32, hand_cache(Cache::Kind::full, 8, 128));
  CHECK(explain_kv_change(plain, hand_settings({20, 1}, 8192), hand_settings({33, 0}, 8192), 40 * GiB).empty());
  const auto null_block =
      explain_kv_change(plain, hand_settings({28, 0}, 131072), hand_settings({29, 0}, 131072), 10 * GiB);
  REQUIRE(null_block.size() == 1);
  CHECK(null_block[0].find("the longest context loses 16 tokens.") != std::string::npos);
}

TEST_CASE("every rule has a place among those that can be switched", "[kv][kv_explain]") {
  CHECK(static_cast<std::size_t>(rule_count()) <= KvSettings{}.flipped.size());
}
