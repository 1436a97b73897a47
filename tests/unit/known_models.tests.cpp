#include <set>
#include <string>

#include "catch.hpp"
#include "data/architectures.hpp"
#include "data/known_models.hpp"
#include "json.hpp"
#include "vram_gauge/vram_gauge.hpp"

using namespace vram_gauge;

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

}  // namespace

TEST_CASE("known models are listed once, in order, each with a source and a date", "[data]") {
  std::string before;
  int count = 0;
  for (const KnownModel& model : known_models()) {
    INFO(model.id);
    CHECK(before < lower(model.id));
    before = lower(model.id);
    CHECK(model.id.find('/') != std::string_view::npos);
    CHECK(model.source.size() > 7);
    CHECK(model.source.ends_with("2026-11"));
    ++count;
    REQUIRE(find_known_model(before));
    CHECK(find_known_model(before)->id == model.id);
  }
  CHECK(count >= 60);
  for (const char* wrong : {"no/such-model", "", "/", "meta-llama"}) CHECK_FALSE(find_known_model(wrong));
}

TEST_CASE("every known model is one that the newest release serves, and is answered", "[data]") {
  for (const KnownModel& model : known_models()) {
    INFO(model.id);
    const auto document = parse_json(model.config, "config");
    REQUIRE(document);
    const JsonNode* names = document->member(document->nodes[0], "architectures");
    REQUIRE(names);
    const auto facts = find_architecture(document->text(*document->at(names->child)));
    REQUIRE(facts);
    CHECK(served(*facts, newest_release()));
    const auto opened = open_model("", "", model.id);
    const std::string text = report(opened.get(), R"({"engine": {"kv_cache_memory_bytes": 8589934592}})");
    CHECK(text.find("\"error\"") == std::string::npos);
  }
}
