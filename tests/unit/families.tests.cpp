#include "families/family.hpp"

#include <sstream>
#include <string>

#include "catch.hpp"
#include "vram_gauge/vram_gauge.hpp"

using namespace vram_gauge;

TEST_CASE("every family answers a bare file of its names, whatever else the file lacks", "[families]") {
  const auto ask = [](const std::string& config) {
    INFO(config);
    const std::string answer = report(open_model(config, "", "").get(), R"({"hardware": {"gpu": "h100-sxm-80gb"}})");
    CHECK(answer.starts_with('{'));
    // Without layers there is nothing to count: it is said, not guessed.
    if (config.find("-1") != std::string::npos) CHECK(answer.find("\"confidence\":\"exact\"") == std::string::npos);
  };
  for (int i = 0; i < family_count(); ++i) {
    std::istringstream types{std::string(family_at(i).model_types)}, names{std::string(family_at(i).architectures)};
    for (std::string type; types >> type;) {
      ask(R"({"model_type": ")" + type + "\"}");
      ask(R"({"model_type": ")" + type + R"(", "hidden_size": 64, "num_hidden_layers": 2, "vocab_size": 512})");
    }
    for (std::string name; names >> name;) {
      ask(R"({"architectures": [")" + name + "\"]}");
      ask(R"({"architectures": [")" + name +
          R"("], "hidden_size": 64, "num_attention_heads": 4, "num_hidden_layers": -1})");
      for (std::istringstream own{std::string(family_at(i).model_types)}; own >> name;)
        ask(R"({"architectures": ["Unheard"], "text_config": {"model_type": ")" + name + R"("}, "model_type": ")" +
            name + "\"}");
    }
  }
}
