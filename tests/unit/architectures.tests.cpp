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
  CHECK(at("LlamaForCausalLM", {33, 0}));
  CHECK(at("LlamaForCausalLM", {40, 0}));
  CHECK(at("LlamaForCausalLM", {6, 0}));
  CHECK(at("Qwen3ForCausalLM", {8, 4}));
  CHECK_FALSE(at("Qwen3ForCausalLM", {8, 3}));
  CHECK(at("AXK1ForCausalLM", {17, 0}));
  CHECK_FALSE(at("AXK1ForCausalLM", {16, 0}));
  CHECK(at("DeepseekV32ForCausalLM", {11, 0}));
  CHECK_FALSE(at("DeepseekV32ForCausalLM", {10, 2}));
  CHECK(at("AquilaForCausalLM", {24, 0}));
  CHECK_FALSE(at("AquilaForCausalLM", {25, 0}));
  CHECK(at("Phi3SmallForCausalLM", {9, 2}));
  CHECK_FALSE(at("Phi3SmallForCausalLM", {10, 0}));
  CHECK(at("BartModel", {10, 2}));
  CHECK_FALSE(at("BartModel", {33, 0}));
  CHECK(find_architecture("BartModel")->is(ArchitectureKind::plugin));
  CHECK_FALSE(at("Nemotron3_5AsrForRNNT", {33, 0}));
}

TEST_CASE("pipeline stages come to a class in some release, or never", "[data]") {
  const auto from = [](const char* name) { return find_architecture(name)->pipeline; };
  CHECK(from("LlamaForCausalLM") == Release{6, 0});
  CHECK(from("GptOssForCausalLM") == Release{10, 2});
  CHECK(from("DeepseekV4ForCausalLM") == Release{21, 0});
  CHECK_FALSE(from("WhisperForConditionalGeneration"));
}
