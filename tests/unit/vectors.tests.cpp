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
  if (json& config = request["config"]; config.is_string()) config = configs.at(config.get<std::string>()).dump();
  else if (config.is_object()) config = config.dump();
  return request.dump();
}

}  // namespace

TEST_CASE("vectors: what the report must say", "[vectors]") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(VRAM_GAUGE_VECTORS)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    const json file = json::parse(std::ifstream(entry.path()));
    for (const json& vector : file.at("cases")) {
      INFO(entry.path().filename() << ", " << vector.at("id"));
      const std::string request = request_text(vector.at("request"), file.value("configs", json::object()));
      CHECK(differs(json::parse(vram_gauge::report(nullptr, request)), vector.at("expect"), "report") == "");
    }
  }
  CHECK(files >= 2);
}
