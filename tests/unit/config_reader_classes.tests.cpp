#include "catch.hpp"
#include "config_reader.hpp"

using namespace vram_gauge;

namespace {

// A document with its log, and the reader of its root.
struct Read {
  Document document;
  ReadLog log;
  ConfigReader root;
  explicit Read(std::string_view text) : document(*parse_json(text, "config")) {
    log.used.resize(document.nodes.size());
    root = ConfigReader(document, log);
  }
};

}  // namespace

TEST_CASE("a nested config takes the defaults of the class that reads it", "[config_reader]") {
  Read read(R"({"model_type": "qwen2_5_vl", "vision_config": {"model_type": "qwen2_5_vl", "hidden_size": 1280}})");
  const ConfigReader vision = read.root.object("vision_config");
  CHECK(vision.size("depth") == 32);
  CHECK(vision.size("hidden_size") == 1280);
  CHECK(vision.model_type() == "qwen2_5_vl");
  CHECK_FALSE(read.root.find_integer("depth"));
}

TEST_CASE("a nested config without a model_type has its parent's choice", "[config_reader]") {
  Read read(R"({"model_type": "llava", "text_config": {}, "vision_config": {"model_type": "siglip_vision_model"}})");
  CHECK(read.root.object("text_config").model_type() == "llama");
  CHECK(read.root.object("text_config").size("hidden_size") == 4096);
  CHECK(read.root.object("vision_config").size("image_size") == 224);
  CHECK(read.root.object("vision_config").size("patch_size") == 16);
}

TEST_CASE("a null is not a missing key", "[config_reader]") {
  Read read(R"({"model_type": "mistral", "sliding_window": null})");
  CHECK_FALSE(read.root.find_integer("sliding_window"));
  CHECK(Read(R"({"model_type": "mistral"})").root.find_integer("sliding_window") == 4096);
}
