#include <cctype>
#include <set>
#include <string>

#include "catch.hpp"
#include "data/gpus.hpp"
#include "data/known_sizes.hpp"

using namespace vram_gauge;

TEST_CASE("every GPU has its own id, a source and a plausible size", "[data]") {
  std::set<std::string_view> ids;
  for (const Gpu& gpu : gpus()) {
    INFO(gpu.id);
    CHECK(ids.insert(gpu.id).second);
    for (char c : gpu.id) CHECK((std::islower(c) || std::isdigit(c) || c == '-'));
    CHECK_FALSE(gpu.name.empty());
    CHECK_FALSE(gpu.source.empty());
    CHECK(gpu.memory_bytes >= std::int64_t{4} << 30);
    CHECK(gpu.memory_bytes <= std::int64_t{400} << 30);
    CHECK((gpu.vendor == "NVIDIA" || gpu.vendor == "AMD" || gpu.vendor == "Intel"));
    CHECK(gpu.compute_capability.empty() == (gpu.vendor == "Intel"));
    CHECK(gpu.sm_count >= 0);
    CHECK(gpu.bandwidth_gb_s >= 0);
    if (gpu.confidence != Gpu::Confidence::measured) CHECK_FALSE(gpu.note.empty());
    const auto found = find_gpu(gpu.id);
    REQUIRE(found);
    CHECK(found->name == gpu.name);
    CHECK(found->source == gpu.source);
  }
  CHECK(ids.size() >= 90);
  for (const char* wrong :
       {"no such gpu", "", "h100", "NVIDIA", "\n", "h100-sxm-80gb|", "h100-sxm-80gb|NVIDIA H100 80GB HBM3"})
    CHECK_FALSE(find_gpu(wrong));
}

TEST_CASE("a GPU has what its driver reports, not the marketing size", "[data]") {
  const auto h100 = find_gpu("h100-sxm-80gb");
  REQUIRE(h100);
  CHECK(h100->memory_bytes == 85017493504);
  CHECK(h100->compute_capability == "9.0");
  CHECK(find_gpu("gb10-dgx-spark-128gb")->memory == Gpu::Memory::unified);
  CHECK(find_gpu("gh200-96gb")->memory == Gpu::Memory::own);
}

TEST_CASE("a known size is that of the longest key in the name, whatever the case", "[data]") {
  CHECK(known_size_b("meta-llama/Llama-3.1-8B-Instruct") == 8.0);
  CHECK(known_size_b("mistralai/Mixtral-8x7B-v0.1") == 46.7);
  CHECK(known_size_b("Qwen/Qwen2-72B") == 72.0);
  CHECK(known_size_b("microsoft/phi-2") == 2.7);
  CHECK_FALSE(known_size_b("some/other-model"));
  CHECK_FALSE(known_size_b(""));
}
