// The count for architectures without a family, on configs whose family is known and switched off: each whole file
// where a folder of them lies beside the project; the vectors' configs, which have only what their family reads, as a
// number.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "build_model.hpp"
#include "catch.hpp"
#include "vram_gauge/vram_gauge.hpp"
#include "weights.hpp"

using namespace vram_gauge;

namespace {

// What no key of these files says, so that only who knows the class can count it.
const std::map<std::string, std::string> beyond_keys{
    {"QWenLMHeadModel", "intermediate_size is twice the width"},
    {"MolmoForCausalLM", "intermediate_size is twice the width, and no key tells of the encoder"},
    {"Llama4ForConditionalGeneration", "a shared expert without a key"},
    {"Zamba2ForCausalLM", "a few attention blocks are used over and over"},
    {"DbrxForCausalLM", "sizes stand in ffn_config and attn_config"},
    {"DeciLMForCausalLM", "layers of their own widths (block_configs)"},
    {"MuseGlimmerForConditionalGeneration", "a gate in its attention without a key"},
    {"MiniCPM3ForCausalLM", "v_head_dim is not in the file"},
    {"Gemma4ForConditionalGeneration", "encoders of other blocks than the usual ones"},
    {"Phi3VForCausalLM", "its encoder is named, without sizes"},
    {"Glm4vForConditionalGeneration", "the encoder's intermediate_size is its projector's"},
    {"MiniCPMV4_6ForConditionalGeneration", "a resampler without keys"},
    {"ChatGLMModel", "vLLM leaves an encoder out that the file has"},
};

using Configs = std::map<std::string, std::string>;

std::string read(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

Configs of_vectors() {
  Configs texts;
  const auto own = nlohmann::json::parse(read(std::filesystem::path(VRAM_GAUGE_VECTORS) / "models.json"));
  for (const auto& [name, config] : own.at("configs").items()) texts[name] = config.dump();
  return texts;
}

Configs whole_files() {
  Configs texts;
  if (std::filesystem::is_directory(VRAM_GAUGE_CONFIGS))
    for (const auto& entry : std::filesystem::directory_iterator(VRAM_GAUGE_CONFIGS))
      if (entry.path().extension() == ".json" && entry.path().stem() != "index")
        texts[entry.path().stem().string()] = read(entry.path());
  return texts;
}

// Parameters of the whole model; nothing where the file is not fully understood.
std::optional<double> count(const std::string& text, bool generic, std::string& architecture) {
  const Result<Document> document = parse_json(text, "config");
  if (!document || document->nodes[0].type != JsonNode::Type::object) return std::nullopt;
  ReadLog log;
  log.used.assign(document->nodes.size(), false);
  const ConfigReader reader(*document, log);
  const Model model = build_model(reader, {.release = newest_release(), .capability = 90, .generic = generic});
  architecture = model.architecture;
  if (log.error || missing_size(text_config(reader), model) || (!generic && !model.inexact.empty()))
    return std::nullopt;
  return static_cast<double>(count_parameters(model).total.count);
}

}  // namespace

// How far the count of each config is from its family's, for those that a family counts exactly.
template <class Visit>
void each_offset(const Configs& configs, Visit visit) {
  for (const auto& [name, text] : configs) {
    std::string architecture;
    const std::optional<double> own = count(text, false, architecture);
    if (!own) continue;
    const std::optional<double> generic = count(text, true, architecture);
    visit(name, architecture, generic ? std::abs(*generic / *own - 1) : 9);
  }
}

TEST_CASE("without its family a whole config is counted within 3 %", "[generic]") {
  int near = 0, all = 0;
  each_offset(whole_files(), [&](const std::string& name, const std::string& architecture, double off) {
    ++all;
    near += off <= 0.03;
    INFO(name << " (" << architecture << ')');
    if (!beyond_keys.contains(architecture)) CHECK(off <= 0.03);
  });
  if (all > 0) std::cout << "generic count within 3 %: " << near << " of " << all << " whole files\n";
}

TEST_CASE("without its family a config of only a few keys is mostly counted within 3 %", "[generic]") {
  int near = 0;
  each_offset(of_vectors(), [&](const std::string&, const std::string&, double off) { near += off <= 0.03; });
  CHECK(near >= 100);
}

TEST_CASE("whatever number an unknown file gives for whatever key, there is an answer", "[generic]") {
  const char* names[] = {"hidden_size",
                         "num_hidden_layers",
                         "num_attention_heads",
                         "num_key_value_heads",
                         "head_dim",
                         "vocab_size",
                         "intermediate_size",
                         "max_position_embeddings",
                         "num_experts",
                         "num_experts_per_tok",
                         "moe_intermediate_size",
                         "n_shared_experts",
                         "shared_expert_intermediate_size",
                         "moe_latent_size",
                         "decoder_sparse_step",
                         "expert_layer_offset",
                         "first_k_dense_replace",
                         "attn_layer_period",
                         "attn_layer_offset",
                         "state_size",
                         "mamba_n_heads",
                         "mamba_d_state",
                         "mamba_d_conv",
                         "mamba_expand",
                         "kv_lora_rank",
                         "qk_nope_head_dim",
                         "v_head_dim",
                         "q_lora_rank",
                         "conv_dim",
                         "conv_L_cache",
                         "linear_num_key_heads",
                         "block_multiple_of",
                         "block_auto_adjust_ff_dim",
                         "hidden_size_per_layer_input",
                         "encoder_layers",
                         "decoder_layers",
                         "decoder_attention_heads",
                         "type_vocab_size"};
  const char* vision[] = {
      "hidden_size",         "depth",       "num_heads",       "patch_size", "image_size",  "spatial_merge_size",
      "temporal_patch_size", "in_channels", "out_hidden_size", "mlp_ratio",  "num_mel_bins"};
  for (const auto& odd : {nlohmann::json(-1), nlohmann::json(0), nlohmann::json(7), nlohmann::json(1 << 24),
                          nlohmann::json("x"), nlohmann::json::array({3, -1})})
    for (const char* odd_name : names) {
      nlohmann::json config{{"architectures", {"Unheard"}}};
      for (const char* name : names) config[name] = 4;
      for (const char* name : vision) config["vision_config"][name] = 4;
      config[odd_name] = odd;
      config["vision_config"][vision[std::hash<std::string>()(odd_name) % std::size(vision)]] = odd;
      INFO(config.dump());
      const std::string answer =
          report(open_model(config.dump(), "", "").get(), R"({"hardware": {"gpu": "h100-sxm-80gb"}})");
      CHECK(nlohmann::json::parse(answer).is_object());
      CHECK(answer.find("\"confidence\":\"exact\"") == std::string::npos);
    }
}

namespace {

nlohmann::json unheard(std::initializer_list<std::pair<const char*, nlohmann::json>> more) {
  nlohmann::json config{{"architectures", {"Unheard"}},   {"hidden_size", 4096},
                        {"num_hidden_layers", 32},        {"num_attention_heads", 32},
                        {"num_key_value_heads", 8},       {"intermediate_size", 14336},
                        {"vocab_size", 128256},           {"rms_norm_eps", 1e-5},
                        {"hidden_act", "silu"},           {"torch_dtype", "bfloat16"},
                        {"max_position_embeddings", 8192}};
  for (const auto& [key, value] : more) config[key] = value;
  return config;
}

nlohmann::json answer_of(const nlohmann::json& config) {
  return nlohmann::json::parse(
      report(open_model(config.dump(), "", "").get(), R"({"hardware": {"gpu": "h100-sxm-80gb"}})"));
}

}  // namespace

TEST_CASE("a quantization's list of what it leaves out holds without a family too", "[generic]") {
  const auto weights = [](const char* architecture, const char* type) {
    const nlohmann::json nvfp4{{"quant_method", "modelopt"}, {"quant_algo", "NVFP4"}, {"ignore", {"lm_head"}}};
    return answer_of(unheard({{"architectures", {architecture}}, {"model_type", type}, {"quantization_config", nvfp4}}))
        .at("ranks")[0]
        .at("by_role")
        .at("lm_head");
  };
  CHECK(weights("LlamaForCausalLM", "llama") == 128256 * 4096 * 2);
  CHECK(weights("Unheard", "unheard") == 128256 * 4096 * 2);
  CHECK(weights("Unheard", "llama") == 128256 * 4096 * 2);
}

TEST_CASE("keys of an unknown file that mean something else leave an estimate", "[generic]") {
  const nlohmann::json vision{{"hidden_size", 1024},
                              {"num_hidden_layers", 24},
                              {"image_size", {448, 448}},
                              {"patch_size", {14, 14}},
                              {"num_heads", {4, 8}}};
  for (const auto& config : {unheard({{"vision_config", vision}}), unheard({{"visual", true}}),
                             unheard({{"hybrid_override_pattern", {"M", "*"}}}), unheard({{"use_bias", "all"}}),
                             unheard({{"mamba_expand", 1.5}, {"layer_types", {"mamba"}}})}) {
    INFO(config.dump());
    CHECK(answer_of(config).value("/model/confidence"_json_pointer, "") == "estimate");
  }
  CHECK(answer_of(unheard({{"vision_config", vision}})).at("ranks")[0].at("by_role").contains("vision"));
}

TEST_CASE("states of no bytes make no endless pool", "[generic]") {
  const nlohmann::json answer =
      answer_of(unheard({{"hybrid_override_pattern", "MM"}, {"mamba_d_conv", 1}, {"mamba_d_state", 0}}));
  CHECK(answer.at("kv").value("tokens", 0) >= 0);
  CHECK(answer.at("kv").value("max_concurrency", 0.0) < 1e12);
}
