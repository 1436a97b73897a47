// What a drafter weighs. The numbers are what vLLM 0.33.0's drafter classes hold of their own, on tensors without
// storage.
#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "vram_gauge/vram_gauge.hpp"

using nlohmann::json;

namespace {

json draft_term(const char* model, int tp, int pp) {
  const json request{{"known_model", model},
                     {"vllm_version", "0.33.0"},
                     {"hardware", {{"gpu", "h200-sxm-141gb"}, {"gpus", 16}}},
                     {"engine",
                      {{"tensor_parallel_size", tp},
                       {"pipeline_parallel_size", pp},
                       {"speculative_config", {{"method", "mtp"}, {"num_speculative_tokens", 1}}}}}};
  const json report = json::parse(vram_gauge::report(nullptr, request.dump()));
  for (const json& term : report.at("budget").at("terms"))
    if (term.at("id") == "draft_model") return term;
  return {};
}

}  // namespace

TEST_CASE("a checkpoint's own drafter is quantized like the model and shares its embedding and head", "[draft]") {
  constexpr long absorbed = 128L * (128 + 128) * 512 * 2;  // what latent attention keeps beside its weights
  constexpr long embedding = 151552L * 5120 * 2;           // held once more where another stage has the model's
  const auto [model, tp, pp, own] = GENERATE(table<const char*, int, int, long>({
      {"zai-org/GLM-4.5", 1, 1, 7977778320},
      {"zai-org/GLM-4.5", 4, 1, 2075584656},
      {"zai-org/GLM-4.5", 4, 2, 2075584656 + embedding / 4},
      {"Qwen/Qwen3-Next-80B-A3B-Instruct", 1, 1, 3300942864},
      {"Qwen/Qwen3-Next-80B-A3B-Instruct", 4, 1, 827876368},
      {"deepseek-ai/DeepSeek-R1", 1, 1, 11717511408 + absorbed},
  }));
  INFO(model << " tp " << tp << " pp " << pp);
  const json term = draft_term(model, tp, pp);
  // Blocks of the allocator are 2 MiB.
  CHECK(std::labs(term.at("bytes").get<long>() - own) < (4L << 20));
}

namespace {

constexpr const char* eagle3 =
    R"({"architectures":["LlamaForCausalLMEagle3"],"draft_vocab_size":32000,"head_dim":128,"hidden_size":4096,)"
    R"("intermediate_size":12288,"max_position_embeddings":40960,"model_type":"llama","num_attention_heads":32,)"
    R"("num_hidden_layers":1,"num_key_value_heads":8,"rope_theta":1000000,"vocab_size":151936})";

json with_draft(const char* version, const std::string& draft, json speculation, const char* model = "Qwen/Qwen3-8B") {
  speculation["num_speculative_tokens"] = 3;
  const json request{{"known_model", model},
                     {"draft_config", draft},
                     {"vllm_version", version},
                     {"hardware", {{"gpu", "h200-sxm-141gb"}}},
                     {"engine", {{"speculative_config", speculation}}}};
  return json::parse(vram_gauge::report(nullptr, request.dump()));
}

std::string code_of(const json& report) { return report.value("error", json::object()).value("code", ""); }

}  // namespace

TEST_CASE("the method is the one that the drafter's name or config is for", "[draft]") {
  CHECK(with_draft("0.33.0", eagle3, json::object()).at("draft").at("method") == "eagle3");
  CHECK(with_draft("0.33.0", eagle3, {{"model", "org/some-Eagle3"}}).at("draft").at("method") == "eagle3");
  const json known{{"known_model", "Qwen/Qwen3-8B"},
                   {"hardware", {{"gpu", "h200-sxm-141gb"}}},
                   {"engine", {{"speculative_config", {{"model", "Qwen/Qwen3-0.6B"}, {"num_speculative_tokens", 3}}}}}};
  const json report = json::parse(vram_gauge::report(nullptr, known.dump()));
  CHECK(report.at("draft").at("method") == "draft_model");
  CHECK(report.at("draft").at("weights_bytes").get<long>() > 1'190'000'000);
}

TEST_CASE("--spec-model and its like are speculative_config's members", "[draft]") {
  const auto answer = [](const json& engine) {
    const json request{{"known_model", "Qwen/Qwen3-8B"}, {"hardware", {{"gpu", "h200-sxm-141gb"}}}, {"engine", engine}};
    return json::parse(vram_gauge::report(nullptr, request.dump()));
  };
  const json report = answer({{"spec_model", "Qwen/Qwen3-0.6B"}, {"spec_tokens", 3}});
  CHECK(report.at("draft").at("method") == "draft_model");
  CHECK(report.at("warnings").empty());
  CHECK(answer({{"spec_method", "Eagle3"}, {"spec_tokens", 3}}).at("model").at("confidence") == "estimate");
  CHECK(answer({{"kv_transfer_config", {{"kv_role", "kv_both"}}}}).at("model").at("confidence") == "estimate");
}

TEST_CASE("a drafter is refused as vLLM refuses it", "[draft]") {
  const std::string other = R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":1024,)"
                            R"("num_hidden_layers":2,"num_attention_heads":8,"vocab_size":32000})";
  CHECK(code_of(with_draft("0.33.0", other, {{"method", "draft_model"}})) == "vllm-refuses/draft-vocabulary");
  CHECK(code_of(with_draft("0.33.0", R"({"architectures":["PEagleDraftModel"],"model_type":"llama"})",
                           {{"method", "eagle3"}})) == "vllm-refuses/architecture-not-served");
  CHECK(code_of(with_draft("0.33.0", eagle3, {{"method", "medusa"}})) == "vllm-refuses/speculative-method");
  const json broken = with_draft("0.33.0", "{", {{"method", "eagle3"}});
  CHECK(broken.at("error").at("where").at("field") == "draft_config");
  const json alone{{"config", eagle3}, {"hardware", {{"gpu", "h200-sxm-141gb"}}}};
  const json report = json::parse(vram_gauge::report(nullptr, alone.dump()));
  CHECK(code_of(report) == "vllm-refuses/drafter");
}

TEST_CASE("the model's expert parallelism is nothing to a drafter without experts", "[draft]") {
  const std::string head = R"({"architectures":["LlamaForCausalLMEagle3"],"head_dim":128,"hidden_size":2048,)"
                           R"("intermediate_size":6144,"model_type":"llama","num_attention_heads":32,)"
                           R"("num_hidden_layers":1,"num_key_value_heads":4,"vocab_size":151936})";
  const auto answer = [&](const char* version, json speculation) {
    speculation.update({{"method", "eagle3"}, {"num_speculative_tokens", 3}});
    const json request{{"known_model", "Qwen/Qwen3-30B-A3B"},
                       {"draft_config", head},
                       {"vllm_version", version},
                       {"hardware", {{"gpu", "h200-sxm-141gb"}, {"gpus", 4}}},
                       {"engine",
                        {{"tensor_parallel_size", 4},
                         {"enable_expert_parallel", true},
                         {"enable_eplb", true},
                         {"speculative_config", speculation}}}};
    return json::parse(vram_gauge::report(nullptr, request.dump()));
  };
  CHECK(code_of(answer("0.33.0", json::object())).empty());
  CHECK(code_of(answer("0.29.0", json::object())).empty());
  CHECK(code_of(answer("0.30.0", json::object())) == "vllm-refuses/too-few-experts");
  CHECK(code_of(answer("0.33.0", {{"draft_tensor_parallel_size", 2}})) == "vllm-refuses/draft-tensor-parallel");
  for (const json& unweighed : {json{{"draft_tensor_parallel_size", 1}}, json{{"draft_lm_head_quantization", "fp8"}}})
    CHECK(answer("0.33.0", unweighed).at("model").at("confidence") == "estimate");
}

TEST_CASE("a drafter of absurd size is refused, and its model's overrides count", "[draft]") {
  json huge = json::parse(eagle3);
  huge.update({{"hidden_size", 1 << 24}, {"intermediate_size", 1 << 24}, {"num_hidden_layers", 1 << 14}});
  CHECK(code_of(with_draft("0.33.0", huge.dump(), json::object())) == "absurd-size");
  json config = json::parse(eagle3);
  config.erase("draft_vocab_size");
  config["architectures"] = {"LlamaForCausalLM"};
  const auto weights = [&](const json& overrides) {
    const json request{
        {"config", config.dump()},
        {"draft_config", eagle3},
        {"hardware", {{"gpu", "h200-sxm-141gb"}}},
        {"engine",
         {{"hf_overrides", overrides}, {"speculative_config", {{"method", "eagle3"}, {"num_speculative_tokens", 3}}}}}};
    return json::parse(vram_gauge::report(nullptr, request.dump())).at("draft").at("weights_bytes").get<long>();
  };
  CHECK(weights({{"rope_theta", 10000}}) == weights({{"rms_norm_eps", 1}}) + 40960L * 128 * 2);
}

TEST_CASE("Medusa's heads are whole blocks and heads of the model's vocabulary", "[draft]") {
  const json report = with_draft("0.30.0", R"({"model_type":"medusa","medusa_num_heads":3,"hidden_size":4096})",
                                 {{"method", "medusa"}});
  CHECK(report.at("draft").at("weights_bytes") == 3L * (4096 + 151936) * 4096 * 2);
  CHECK(report.at("kv").at("groups").at(0).at("layers") == 36);
}

TEST_CASE("what a drafter lowers, and what doesn't count", "[draft]") {
  std::string yarn = eagle3;
  yarn.insert(1, R"("rope_scaling":{"rope_type":"yarn","factor":2.0,"original_max_position_embeddings":4096},)");
  yarn.replace(yarn.find("40960"), 5, "8192");
  CHECK(with_draft("0.33.0", yarn, {{"method", "eagle3"}}).at("resolved").at("max_model_len") == 8192);
  CHECK(with_draft("0.32.0", yarn, {{"method", "eagle3"}}).at("resolved").at("max_model_len") == 40960);
  const json own = with_draft("0.33.0", eagle3, {{"method", "mtp"}});
  CHECK_FALSE(own.contains("draft"));
  CHECK(own.at("warnings").at(0).at("code") == "draft-config-unused");
}

TEST_CASE("members that vLLM's dictionaries don't have are refused, from the release on that refuses them",
          "[request]") {
  const auto answer = [](const char* version, const json& engine) {
    const json request{{"known_model", "Qwen/Qwen3-8B"},
                       {"vllm_version", version},
                       {"hardware", {{"gpu", "h200-sxm-141gb"}}},
                       {"engine", engine}};
    return json::parse(vram_gauge::report(nullptr, request.dump()));
  };
  const auto [field, name, until] = GENERATE(table<const char*, const char*, const char*>({
      {"speculative_config", "num_lookahead", ""},
      {"speculative_config", "tensor_parallel_size", ""},
      {"speculative_config", "speculative_token_tree", "0.19.1"},
      {"compilation_config", "cudagraph", ""},
      {"compilation_config", "level", "0.17.0"},
      {"compilation_config/pass_config", "enable_fusion", ""},
      {"compilation_config/pass_config", "enable_sp", "0.25.1"},
      {"compilation_config/dynamic_shapes_config", "kind", ""},
  }));
  json engine;
  engine[json::json_pointer("/" + std::string(field) + '/' + name)] = 1;
  const json now = answer("0.33.0", engine);
  CHECK(code_of(now) == "vllm-refuses/unknown-setting");
  std::string where = "engine." + std::string(field) + '.' + name;
  std::replace(where.begin(), where.end(), '/', '.');
  CHECK(now.at("error").at("where").at("field") == where);
  CHECK(code_of(answer("0.16.0", engine)) == (*until ? "" : "vllm-refuses/unknown-setting"));
  if (*until) CHECK(code_of(answer(until, engine)).empty());
  const json before = answer("0.15.1", engine);
  CHECK(code_of(before).empty());
  CHECK(before.at("warnings").empty() == (*until != 0));
  CHECK(answer("0.34.0", engine).at("warnings").size() == 2);
  CHECK(answer("0.33.0", {{"speculative_config", {{"num-speculative-tokens", 2}}}}).at("model").at("confidence") ==
        "estimate");
  CHECK(answer("0.33.0", {{"compilation_config", {{"backend", "eager"}, {"mode", 3}}}}).at("model").at("confidence") ==
        "exact");
  // vLLM has it, to refuse any value but null.
  const json none{{"method", "ngram"}, {"num_speculative_tokens", 2}, {"tensor_parallel_size", nullptr}};
  CHECK(answer("0.33.0", {{"speculative_config", none}}).at("model").at("confidence") == "exact");
}

TEST_CASE("words of a command line that may change the answer make it an estimate", "[request]") {
  const auto reasons = [](const json& words) {
    const json request{{"known_model", "Qwen/Qwen3-8B"}, {"hardware", {{"gpu", "l4-24gb"}}}, {"unread_args", words}};
    return json::parse(vram_gauge::report(nullptr, request.dump())).at("model").at("estimate_reasons").size();
  };
  CHECK(reasons({"--port", "80", "kv_transfer_config", "-", "--"}) == 0);
  CHECK(reasons({"--gpu-memory-utilization", "1.5", "-tp=n"}) == 2);
  CHECK(reasons({"--moe-backend=triton", "-ac.backend", "X", "--kv_cache_dtype-skip-layers", "1"}) == 3);
}

TEST_CASE("a whole number of the request is in its field's own range", "[request]") {
  const auto answer = [](const char* field, int value) {
    const json request{
        {"known_model", "Qwen/Qwen3-8B"}, {"hardware", {{"gpu", "h200-sxm-141gb"}}}, {"engine", {{field, value}}}};
    return json::parse(vram_gauge::report(nullptr, request.dump()));
  };
  CHECK(code_of(answer("max_model_len", -1)).empty());
  for (const int wrong : {-2, 0}) CHECK(code_of(answer("max_model_len", wrong)) == "invalid-value");
  CHECK(answer("tensor_parallel_size", 0).dump().find("from 1 to 1024") != std::string::npos);
}

TEST_CASE("a drafter of nobody knows how many tokens is no exact answer", "[draft]") {
  const auto confidence = [](const json& speculation) {
    const json request{{"known_model", "Qwen/Qwen3-8B"},
                       {"hardware", {{"gpu", "h200-sxm-141gb"}}},
                       {"engine", {{"speculative_config", speculation}}}};
    const json report = json::parse(vram_gauge::report(nullptr, request.dump()));
    return report.contains("error") ? report.at("error").at("code") : report.at("model").at("confidence");
  };
  CHECK(confidence(nullptr) == "exact");
  CHECK(confidence({{"method", "ngram"}, {"num_speculative_tokens", 2}}) == "exact");
  CHECK(confidence({{"method", "suffix"}}) == "estimate");
  CHECK(confidence({{"method", "mtp"}, {"num_speculative_tokens", 0}}) == "invalid-value");
}

TEST_CASE("the first engine keeps states beside the KV cache", "[kv]") {
  const json request{{"config",
                      R"({"architectures": ["FalconMambaForCausalLM"], "model_type": "falcon_mamba", "hidden_size": 64,
                          "intermediate_size": 128, "num_hidden_layers": 2, "state_size": 16, "conv_kernel": 4,
                          "time_step_rank": 4, "vocab_size": 512})"},
                     {"vllm_version", "0.9.2"},
                     {"hardware", {{"gpu", "mi300x-192gb"}}}};
  const json report = json::parse(vram_gauge::report(nullptr, request.dump()));
  CHECK(report.at("verdict").at("starts") == "yes");
  CHECK(report.at("kv").at("groups").empty());
}

TEST_CASE("limits of media are numbers, or options with a count", "[request]") {
  const auto batched = [](const json& limits) {
    const json request{{"known_model", "Qwen/Qwen2.5-VL-7B-Instruct"},
                       {"hardware", {{"gpu", "h200-sxm-141gb"}}},
                       {"engine", {{"limit_mm_per_prompt", limits}}}};
    const json report = json::parse(vram_gauge::report(nullptr, request.dump()));
    CHECK(code_of(report).empty());
    for (const json& term : report.at("budget").at("terms"))
      if (term.at("id") == "encoder") return true;
    return false;
  };
  CHECK(batched({{"image", 1}, {"video", 0}}) == batched(json::object()));
  CHECK(batched({{"image", 0}, {"video", 0}}) == batched({{"image", {{"count", 0}}}, {"video", 0}}));
  CHECK(batched({{"image", {{"width", 512}}}}) == batched({{"image", 1}}));
}

TEST_CASE("a start-up log names the drafter", "[draft]") {
  const json facts = json::parse(vram_gauge::read_log(
      "INFO 11-01 06:58:00 [core.py:1] Initializing a V1 LLM engine (v0.33.0) with config: model='Qwen/Qwen3-8B', "
      "speculative_config=SpeculativeConfig(method='eagle3', model='org/head', num_spec_tokens=3), "
      "tokenizer='Qwen/Qwen3-8B', dtype=torch.bfloat16, max_seq_len=16384\n"));
  CHECK(facts.dump().find(R"("method":"eagle3")") != std::string::npos);
  CHECK(facts.dump().find(R"("num_speculative_tokens":3)") != std::string::npos);
}
