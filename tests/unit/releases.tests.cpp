#include <set>

#include "catch.hpp"
#include "releases/releases.hpp"
#include "vram_gauge/vram_gauge.hpp"

using namespace vram_gauge;

TEST_CASE("releases are listed once, oldest first", "[releases]") {
  const auto known = known_releases();
  REQUIRE(known.size() >= 50);
  for (std::size_t i = 1; i < known.size(); ++i) CHECK(known[i - 1].release < known[i].release);
  for (const auto& [release, date] : known) CHECK((date.empty() || date.size() == 10));
  CHECK(oldest_release() == Release{6, 0});
  CHECK(newest_release() >= Release{33, 0});
}

TEST_CASE("a release is MAJOR.MINOR.PATCH", "[releases]") {
  CHECK(parse_release("0.25.1") == Release{25, 1});
  CHECK(parse_release("0.8.5.post1") == Release{8, 5});
  CHECK(parse_release("0.10.1.1") == Release{10, 1});
  CHECK(parse_release("1.0.0") > newest_release());
  for (const char* wrong : {"", "0", "0.25", "0.25.", ".25.1", "0.25.1.", "v0.25.1", "0.-2.1", "0.25.1rc1",
                            "0.25.1.post", "0.25.1 ", "0.99999.1", "0.25.x", "latest"})
    CHECK_FALSE(parse_release(wrong));
  for (const auto& known : known_releases()) CHECK(parse_release(to_string(known.release)) == known.release);
  CHECK(to_string(*parse_release("1.2.3")) == "1.2.3");
}

TEST_CASE("every rule begins and ends with a known release and says what it does", "[releases]") {
  std::set<Release> known;
  for (const auto& k : known_releases()) known.insert(k.release);
  std::set<std::string_view> names;
  for (int i = 0; i < rule_count(); ++i) {
    const RuleFacts f = facts(static_cast<Rule>(i));
    INFO(f.name);
    CHECK(names.insert(f.name).second);
    CHECK(known.count(f.first) == 1);
    CHECK((!f.last || (known.count(*f.last) == 1 && *f.last >= f.first)));
    CHECK(f.unread <= f.first);
    CHECK(f.explanation.size() > 20);
    CHECK_FALSE(f.explanation.back() == '.');
  }
}

TEST_CASE("a rule holds from its first to its last release", "[releases]") {
  CHECK_FALSE(applies(Rule::utilization_default_092, {19, 1}));
  CHECK(applies(Rule::utilization_default_092, {20, 0}));
  CHECK(applies(Rule::utilization_default_092, {99, 0}));
  CHECK_FALSE(applies(Rule::kv_tokens_from_concurrency, {20, 0}));
  CHECK(applies(Rule::kv_tokens_from_concurrency, {20, 1}));
  CHECK(applies(Rule::group_size_ratio_125, {17, 1}));
  CHECK_FALSE(applies(Rule::group_size_ratio_125, {18, 0}));
  CHECK(applies(Rule::window_block_smallest_kernel, {29, 0}));
  CHECK_FALSE(applies(Rule::window_block_smallest_kernel, {30, 0}));
}

TEST_CASE("between the releases that were read a rule is uncertain", "[releases]") {
  // Every boundary is read by now; a rule whose first release is not known would be uncertain before it.
  for (int i = 0; i < rule_count(); ++i)
    for (const auto& known : known_releases()) CHECK(certain(static_cast<Rule>(i), known.release));
}

TEST_CASE("what changed can be had as JSON", "[releases]") {
  const std::string text = release_changes();
  CHECK(text.find(R"({"rule":"group_size_ratio_125","first":"0.12.0","last":"0.17.1","explanation":")") !=
        std::string::npos);
  CHECK(text.find("unread_from") == std::string::npos);
}
