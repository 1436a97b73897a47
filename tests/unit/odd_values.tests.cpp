// Every key of every vector's config set to values that make no sense: an answer, or an error that says where. A sample
// of them each time; all of them by `vram-gauge-tests "[odd]"`, or a part of them: ODD_PART=2/8.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "build_model.hpp"
#include "catch.hpp"
#include "vram_gauge/vram_gauge.hpp"

using namespace vram_gauge;
using nlohmann::json;

namespace {

using Configs = std::map<std::string, json>;

// One for each architecture.
const Configs& configs() {
  static const Configs all = [] {
    Configs found;
    const auto add = [&](const json& config) {
      if (config.is_object()) found.emplace(config.value("architectures", json()).dump(), config);
    };
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(VRAM_GAUGE_VECTORS))
      if (entry.path().extension() == ".json") files.insert(entry.path());
    for (const auto& path : files) {
      const json file = json::parse(std::ifstream(path));
      for (const json& config : file.value("configs", json::object())) add(config);
      for (const json& vector : file.at("cases")) add(vector.at("request").value("config", json()));
    }
    return found;
  }();
  return all;
}

using Path = json::json_pointer;

// Each member, and the first entry of each list.
void add_paths(const json& value, const Path& path, std::vector<Path>& paths) {
  if (!path.empty()) paths.push_back(path);
  if (value.is_object())
    for (const auto& [key, member] : value.items()) add_paths(member, path / key, paths);
  else if (value.is_array() && !value.empty()) add_paths(value[0], path / 0, paths);
}

const json odd = json::parse(R"([0, -1, 1, 3, 16777216, 1000000000000, 4611686018427387904, 1e300, 1.5, -0.5, "x", null,
                                 true, [], {}, [0], [-1], [16777216]])");

// How much there is to do for a model: this, and not the time it takes, must not grow with what a key says.
std::size_t work(const std::string& text) {
  const Result<Document> document = parse_json(text, "config");
  ReadLog log;
  log.used.assign(document->nodes.size(), false);
  const Model model = build_model(ConfigReader(*document, log), {.release = newest_release(), .capability = 90});
  std::size_t steps = model.outside.size() + model.ropes.size() + model.mtp.numbers.size();
  for (const Layer& layer : model.layers) steps += layer.modules.size() + layer.caches.size() + layer.numbers.size();
  for (const Tower& tower : model.towers) steps += tower.modules.size();
  return steps;
}

bool is_size(const json& value) { return value.get<double>() >= 0 && value.get<double>() < std::ldexp(1, 53); }

// What is wrong with the answer; empty where nothing is.
std::string fault(const json& report) {
  if (report.contains("error")) {
    const json& error = report["error"];
    if (error.value("message", "").empty()) return "an error without a message";
    return error.value("where", json::object()).value("field", "").empty() ? "an error that doesn't say where" : "";
  }
  if (report["method"] != "vllm") return "";
  for (const json& rank : report.at("ranks")) {
    if (!is_size(rank["weights_bytes"]) || !is_size(rank["loaded_bytes"])) return "no weight of a model";
    for (const json& part : rank["by_role"])
      if (!is_size(part)) return "a part that is no size";
  }
  for (const char* key : {"params_total", "params_active", "params_mtp"})
    if (!is_size(report["model"][key])) return std::string(key) + " is no count";
  return report["model"]["max_model_len"].get<double>() < 1 ? "a length below 1" : "";
}

std::string answer(const std::string& config, const char* release, int stages) {
  const json request{{"config", config},
                     {"vllm_version", release},
                     {"hardware", {{"gpu", "h200-sxm-141gb"}, {"gpus", 8}}},
                     {"engine", {{"tensor_parallel_size", 2}, {"pipeline_parallel_size", stages}}}};
  return report(nullptr, request.dump());
}

// `takes` says which of the cases are looked at.
template <class Takes>
int each_case(Takes takes) {
  std::mt19937 random(7);
  int taken = 0;
  for (const auto& [name, config] : configs()) {
    std::vector<Path> paths;
    add_paths(config, Path(), paths);
    for (const Path& path : paths)
      for (const json& value : odd) {
        const unsigned dice = random();
        if (!takes(dice)) continue;
        ++taken;
        json changed = config;
        changed[path] = value;
        const std::string text = changed.dump();
        INFO(name << " " << path.to_string() << " = " << value.dump());
        const char* releases[] = {"0.33.0", "0.33.0", "0.25.1", "0.19.1"};
        const std::string found = answer(text, releases[dice % 4], 1 + static_cast<int>(dice / 4 % 2));
        if (const std::string bad = fault(json::parse(found)); !bad.empty()) FAIL_CHECK(bad);
        if (found.size() > 100'000 || work(text) > 100'000) FAIL_CHECK("too much work");
      }
  }
  return taken;
}

// The key that the error is about, for the config of `architecture` whose `path` says `value`.
std::string blamed(const std::string& architecture, const char* path, const json& value) {
  json config = configs().at("[\"" + architecture + "\"]");
  config[Path(path)] = value;
  return json::parse(answer(config.dump(), "0.33.0", 1)).value(Path("/error/where/key"), "");
}

}  // namespace

TEST_CASE("odd values: a sample of all keys of all configs", "[odd_values]") {
  const int taken = each_case([](unsigned dice) { return dice / 8 % 64 == 0; });
  CHECK(taken > 1000);
}

TEST_CASE("odd values: all of them", "[.][odd]") {
  unsigned part = 0, parts = 1;
  if (const char* chosen = std::getenv("ODD_PART")) std::sscanf(chosen, "%u/%u", &part, &parts);
  CHECK(each_case([&](unsigned dice) { return dice / 8 % parts == part % parts; }) > 0);
}

TEST_CASE("odd values: lengths below 1 are refused where they stand", "[odd_values]") {
  for (const int length : {0, -1}) {
    CHECK(blamed("LlamaForCausalLM", "/max_position_embeddings", length) == "max_position_embeddings");
    CHECK(blamed("LlamaForCausalLM", "/max_seq_len", length) == "max_seq_len");
    CHECK(blamed("GPT2LMHeadModel", "/n_positions", length) == "n_positions");
  }
}

TEST_CASE("odd values: sizes that vLLM can't build are refused where they stand", "[odd_values]") {
  const struct {
    const char *architecture, *path;
    json value;
    const char* key;
  } cases[] = {
      {"Moondream3ForCausalLM", "/config/text/moe/n_experts", -1, "config.text.moe.n_experts"},
      {"Moondream3ForCausalLM", "/config/vision/enc_dim", 0, "config.vision.enc_dim"},
      {"InternS1ProForConditionalGeneration", "/text_config/rope_scaling/num_inv_freq", -1,
       "text_config.rope_scaling.num_inv_freq"},
      {"FunASRForConditionalGeneration", "/audio_encoder_conf/kernel_size", 0, "audio_encoder_conf.kernel_size"},
      {"FireRedASR2ForConditionalGeneration", "/audio_encoder_conf/kernel_size", -1, "audio_encoder_conf.kernel_size"},
      {"MossAudioModel", "/audio_config/output_dim", 0, "audio_config.output_dim"},
      {"CohereAsrForConditionalGeneration", "/encoder/conv_kernel_size", 0, "encoder.conv_kernel_size"},
      {"CohereAsrForConditionalGeneration", "/max_audio_clip_s", 1e300, "max_audio_clip_s"},
      {"CLIPModel", "/vision_config/num_hidden_layers", 1 << 24, "vision_config.num_hidden_layers"},
      {"CLIPModel", "/text_config/num_hidden_layers", 1 << 24, "text_config.num_hidden_layers"},
      {"Lfm2BidirectionalModel", "/block_ffn_dim_multiplier", 1e300, "block_ffn_dim_multiplier"},
      {"Lfm2BidirectionalModel", "/block_multiple_of", 0, "block_multiple_of"},
      {"VibeVoiceAsrForConditionalGeneration", "/acoustic_tokenizer_encoder_config/downsampling_ratios",
       json::array({2, -1}), "acoustic_tokenizer_encoder_config.downsampling_ratios"},
      {"LlamaForCausalLM", "/head_dim", 0, "head_dim"},
      {"LlamaForCausalLM", "/num_key_value_heads", -1, "num_key_value_heads"},
  };
  for (const auto& each : cases) {
    INFO(each.architecture << each.path << " = " << each.value.dump());
    CHECK(blamed(each.architecture, each.path, each.value) == each.key);
  }
}

TEST_CASE("odd values: widths that double stop where no machine can hold them", "[odd_values]") {
  json config = configs().at(R"(["VibeVoiceAsrForConditionalGeneration"])");
  config["acoustic_tokenizer_encoder_config"]["downsampling_ratios"] = std::vector<int>(70, 2);
  CHECK(json::parse(answer(config.dump(), "0.33.0", 1))["error"]["code"] == "absurd-size");
}

TEST_CASE("odd values: what means nothing as 0 or -1, and what does", "[odd_values]") {
  json config = configs().at(R"(["LlamaForCausalLM"])");
  const json plain = json::parse(answer(config.dump(), "0.33.0", 2))["ranks"];
  for (const int none : {0, -1}) {
    config["sliding_window"] = none;
    CHECK(json::parse(answer(config.dump(), "0.33.0", 2))["ranks"] == plain);
  }
}

TEST_CASE("what hf_overrides set is wrong there, not in the config", "[odd]") {
  const auto where = [](const char* overrides) {
    const json request{{"known_model", "Qwen/Qwen3-8B"},
                       {"hardware", {{"gpu", "h200-sxm-141gb"}}},
                       {"engine", {{"hf_overrides", json::parse(overrides)}}}};
    return json::parse(vram_gauge::report(nullptr, request.dump())).at("error").at("where");
  };
  CHECK(where(R"({"num_hidden_layers": "many"})") ==
        json{{"field", "engine.hf_overrides"}, {"key", "num_hidden_layers"}});
  CHECK(where(R"({"rope_parameters": {"factor": "x", "rope_type": "yarn"}})").at("field") == "engine.hf_overrides");
}
