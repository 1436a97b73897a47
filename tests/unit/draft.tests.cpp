// What a drafter weighs. The numbers are what vLLM 0.33.0's drafter classes hold of their own, on tensors without
// storage.
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
