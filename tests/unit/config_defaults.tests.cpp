#include <set>
#include <string>

#include "catch.hpp"
#include "data/config_defaults.hpp"

using namespace vram_gauge;

namespace {

// A row of the table: a class (no key), a default, or (value < 0) the class of a nested config.
struct Row {
  std::string_view model_type, key;
  double value;
};
constexpr double kNested = -1e9;
constexpr Row rows[] = {
#define TYPE(type) {type, {}, 0},
#define V(key, value) {{}, #key, value},
#define CLASS(key, type) {type, #key, kNested},
#define FILE(key, type) {type, #key, kNested},
#include "data/config_defaults.inc"
};

}  // namespace

TEST_CASE("every row of the class defaults is found, and classes are in order", "[data]") {
  std::string_view type;
  std::set<std::string_view> keys;
  for (const Row& row : rows) {
    INFO(type << ' ' << row.key);
    if (row.key.empty()) {
      CHECK(type < row.model_type);
      type = row.model_type;
      keys.clear();
      continue;
    }
    CHECK(keys.insert(row.key).second);
    if (row.value == kNested) CHECK(nested_model_type(class_defaults(type), row.key, "") == row.model_type);
    else CHECK(default_of(type, row.key) == row.value);
  }
}

TEST_CASE("a missing key counts as its class says, an unknown one as nothing", "[data]") {
  CHECK(default_of("llama", "max_position_embeddings") == 2048);
  CHECK(default_of("mistral", "num_key_value_heads") == 8);
  CHECK(default_of("gemma2", "head_dim") == 256);
  CHECK(default_of("gemma2", "tie_word_embeddings") == 1);
  CHECK(default_of("stablelm", "partial_rotary_factor") == 0.25);
  CHECK(default_of("zamba2", "adapter_rank") == 128);
  CHECK_FALSE(default_of("llama", "num_key_value_heads"));  // derived from the heads
  CHECK_FALSE(default_of("llama", "no_such_key"));
  CHECK_FALSE(default_of("no_such_type", "hidden_size"));
  CHECK_FALSE(default_of("", ""));
  CHECK_FALSE(default_of("llava", "text_config"));
  CHECK(default_of("llava", "vision_feature_layer") == -2);
}

TEST_CASE("nested configs are read with the class their parent names", "[data]") {
  CHECK(nested_model_type(class_defaults("qwen2_5_vl"), "vision_config", "qwen2_5_vl") == "qwen2_5_vl_vision");
  CHECK(nested_model_type(class_defaults("llava"), "text_config", "") == "llama");
  CHECK(nested_model_type(class_defaults("llava"), "text_config", "mistral") == "mistral");
  CHECK(nested_model_type(class_defaults("no_such_type"), "text_config", "mistral") == "mistral");
  CHECK(nested_model_type(class_defaults("no_such_type"), "text_config", "") == "");
}
