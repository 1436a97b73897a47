#include "data/architectures.hpp"
#include "catch.hpp"

using namespace vram_gauge;

TEST_CASE("every architecture is found by its name, and rows are in order", "[data]") {
  REQUIRE(architecture_count() >= 450);
  std::string_view before;
  for (int i = 0; i < architecture_count(); ++i) {
    const ArchitectureFacts row = architecture_at(i);
    INFO(row.name);
    CHECK(before < row.name);
    before = row.name;
    CHECK(row.kinds != 0);
    CHECK((!row.first || !row.last || *row.first <= *row.last));
    CHECK((row.first || row.is(ArchitectureKind::plugin)));
    const auto found = find_architecture(row.name);
    REQUIRE(found);
    CHECK(found->name == row.name);
  }
  for (const char* wrong :
       {"", "A", "Llama", "LlamaForCausalL", "LlamaForCausalLMX", "zzz", "\x02", "llamaforcausallm"})
    CHECK_FALSE(find_architecture(wrong));
}

TEST_CASE("a release serves an architecture between its first and last release", "[data]") {
  const auto at = [](const char* name, Release release) { return served(*find_architecture(name), release); };
  CHECK(at("LlamaForCausalLM", {33, 0}) == Served::yes);
  CHECK(at("LlamaForCausalLM", {40, 0}) == Served::yes);
  CHECK(at("LlamaForCausalLM", {6, 0}) == Served::unknown);  // older than what was looked at
  CHECK(at("AXK1ForCausalLM", {17, 1}) == Served::yes);
  CHECK(at("AXK1ForCausalLM", {16, 0}) == Served::unknown);  // between 0.14.1 without and 0.17.1 with
  CHECK(at("AXK1ForCausalLM", {14, 1}) == Served::no);
  CHECK(at("AquilaForCausalLM", {24, 0}) == Served::yes);
  CHECK(at("AquilaForCausalLM", {25, 0}) == Served::unknown);
  CHECK(at("AquilaForCausalLM", {25, 1}) == Served::no);
  CHECK(at("Phi3SmallForCausalLM", {9, 2}) == Served::yes);
  CHECK(at("Phi3SmallForCausalLM", {10, 2}) == Served::no);
  CHECK(at("BartModel", {10, 2}) == Served::yes);
  CHECK(at("BartModel", {33, 0}) == Served::no);
  CHECK(find_architecture("BartModel")->is(ArchitectureKind::plugin));
  CHECK(at("Nemotron3_5AsrForRNNT", {33, 0}) == Served::no);
}
