// A params.json, Mistral's own format, whatever stands in it.
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "vram_gauge/vram_gauge.hpp"

using nlohmann::json;

namespace {

json plain() {
  return {{"dim", 1024},       {"n_layers", 4},
          {"head_dim", 64},    {"hidden_dim", 2048},
          {"n_heads", 16},     {"n_kv_heads", 4},
          {"vocab_size", 512}, {"norm_eps", 1e-5},
          {"rope_theta", 1e6}, {"max_position_embeddings", 4096}};
}

json answer(const json& params) {
  const json request{{"config", params.dump()}, {"hardware", {{"gpu", "h200-sxm-141gb"}}}};
  return json::parse(vram_gauge::report(nullptr, request.dump()));
}

}  // namespace

TEST_CASE("a params.json is the config.json that vLLM makes of it", "[mistral]") {
  json params = plain();
  CHECK(answer(params).at("model").at("architecture") == "MistralForCausalLM");
  CHECK(answer(params).at("model").at("confidence") == "exact");
  params["sliding_window"] = {nullptr, 256};
  CHECK(answer(params).at("kv").at("groups").size() == 2);
  params["moe"] = {{"num_experts", 8}, {"num_experts_per_tok", 2}};
  CHECK(answer(params).at("model").at("confidence") == "estimate");  // the class reads another file, too
  params["quantization"] = {{"qformat_weight", "int3"}};
  CHECK(answer(params).at("error").at("code") == "vllm-refuses/quantization-unsupported");
}

TEST_CASE("members that have no name are left behind by hf_overrides", "[mistral]") {
  json params = plain();
  params["sliding_window"] = {nullptr, 256};
  params[""] = 1;
  const auto with = [&](const json& overrides) {
    const json request{{"config", params.dump()},
                       {"hardware", {{"gpu", "h200-sxm-141gb"}}},
                       {"engine", {{"hf_overrides", overrides}}}};
    return json::parse(vram_gauge::report(nullptr, request.dump()));
  };
  const json plainly = answer(params);
  for (const json& overrides : {json{{"x", 1e300}}, json{{"", 5}}, json{{"x", {{"", 1}, {"y", {{"", {1}}}}}}}})
    CHECK(with(overrides).at("ranks") == plainly.at("ranks"));
}

TEST_CASE("whatever a params.json holds, there is an answer", "[mistral]") {
  const json odd[] = {nullptr,
                      -1,
                      0,
                      7,
                      1 << 24,
                      2.5,
                      "text",
                      true,
                      json::array(),
                      json::array({0}),
                      json::array({nullptr, 3}),
                      json::object(),
                      {{"encoder_args", 3}},
                      {{"whisper_model_args", {{"encoder_args", {{"dim", -1}}}}}},
                      {{"num_shared_experts", 1}},
                      {{"hidden_size", 0}}};
  for (const char* name :
       {"dim", "n_layers", "hidden_dim", "n_heads", "n_kv_heads", "head_dim", "sliding_window", "quantization", "moe",
        "yarn", "qk_nope_head_dim", "kv_lora_rank", "vision_encoder", "multimodal", "max_position_embeddings",
        "tied_embeddings", "model_type", "ada_rms_norm_t_cond"})
    for (const json& value : odd) {
      json params = plain();
      params[name] = value;
      INFO(params.dump());
      const json report = answer(params);
      CHECK((report.contains("ranks") || report.contains("error")));
    }
}
