// Every vector through the native library (tests/vectors/read.mjs says what a vector is).
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "vram_gauge/vram_gauge.hpp"

using nlohmann::json;

namespace {

// Where `found` first lacks what `expected` asks for, as a path with both values; empty where it holds.
std::string differs(const json& found, const json& expected, const std::string& path) {
  if (expected.is_object()) {
    if (!found.is_object()) return path + " is no object";
    for (const auto& [key, value] : expected.items())
      if (std::string difference = differs(found.value(key, json()), value, path + '.' + key); !difference.empty())
        return difference;
    return {};
  }
  if (expected.is_array()) {
    if (!found.is_array() || found.size() != expected.size()) return path + " has another length";
    for (std::size_t i = 0; i < expected.size(); ++i)
      if (std::string difference = differs(found[i], expected[i], path + '[' + std::to_string(i) + ']');
          !difference.empty())
        return difference;
    return {};
  }
  return found == expected ? std::string() : path + ": " + found.dump() + ", not " + expected.dump();
}

std::string request_text(json request, const json& configs) {
  for (const char* field : {"config", "draft_config"})
    if (json& config = request[field]; config.is_string()) config = configs.at(config.get<std::string>()).dump();
    else if (config.is_object()) config = config.dump();
  return request.dump();
}

// Calls `check(request, configs, expected)` for every vector; returns the number of files.
template <typename Check>
int each_vector(Check check) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(VRAM_GAUGE_VECTORS)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    const json file = json::parse(std::ifstream(entry.path()));
    for (const json& vector : file.at("cases")) {
      INFO(entry.path().filename() << ", " << vector.at("id"));
      check(vector.at("request"), file.value("configs", json::object()), vector.at("expect"));
    }
  }
  return files;
}

}  // namespace

TEST_CASE("vectors: what the report must say", "[vectors]") {
  const int files = each_vector([](const json& request, const json& configs, const json& expected) {
    CHECK(differs(json::parse(vram_gauge::report(nullptr, request_text(request, configs))), expected, "report") == "");
  });
  CHECK(files >= 2);
}

TEST_CASE("vectors: other releases answer too, also those that don't serve a model", "[vectors]") {
  each_vector([](json request, const json& configs, const json&) {
    if (request.contains("config") && configs.size() > 100) return;  // models.json: the same shapes many times
    request["engine"]["pipeline_parallel_size"] = 2;
    for (const char* release : {"0.10.2", "0.19.1", "0.25.1", "0.28.0", "0.31.0"}) {
      request["vllm_version"] = release;
      const json report = json::parse(vram_gauge::report(nullptr, request_text(request, configs)));
      CHECK((report.contains("error") || report.contains("ranks")));
    }
  });
}
