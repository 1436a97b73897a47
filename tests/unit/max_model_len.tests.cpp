#include <string>

#include "catch.hpp"
#include "max_model_len.hpp"

using namespace vram_gauge;

namespace {

struct Answers {
  LengthAnswer length;
  DtypeAnswer dtype;
};

struct Ask {
  Release release = newest_release();
  std::optional<std::int64_t> max_model_len = {};
  const char* architecture = "LlamaForCausalLM";
  int capability = 90;
  const char* dtype = nullptr;
};

Answers answer(std::string_view config, const Ask& ask = {}) {
  const Document document = *parse_json(config, "config");
  ReadLog log;
  log.used.resize(document.nodes.size());
  const ConfigReader root(document, log);
  const ConfigReader inner = root.object("text_config");
  Request request;
  request.release = ask.release;
  request.engine.max_model_len = ask.max_model_len;
  if (ask.dtype) request.engine.dtype = ask.dtype;
  request.hardware.capability = ask.capability;
  Model model;
  model.architecture = ask.architecture;
  const ConfigReader& text = inner ? inner : root;
  return {resolve_max_model_len(text, ask.architecture, request), resolve_dtype(root, text, model, request)};
}

std::int64_t length(std::string_view config, const Ask& ask = {}) { return answer(config, ask).length.max_model_len; }
Dtype dtype(std::string_view config, const Ask& ask = {}) { return answer(config, ask).dtype.dtype; }

}  // namespace

TEST_CASE("the smallest length that the config names is its limit", "[max_model_len]") {
  CHECK(length(R"({"max_position_embeddings": 40960})") == 40960);
  CHECK(length(R"({"max_position_embeddings": 40960, "seq_length": 8192})") == 8192);
  CHECK(length(R"({"max_position_embeddings": 8192, "model_max_length": 131072})") == 131072);  // overrides
  CHECK(length(R"({"model_type": "llama"})") == 2048);                                          // the class default
  CHECK(length(R"({"model_type": "gpt2", "max_position_embeddings": 4096})") == 4096);
  CHECK(length(R"({"model_type": "no_such_type"})") == 2048);  // vLLM's assumption
  CHECK(length(R"({"model_type": "no_such_type"})", {.max_model_len = 9000}) == 9000);
}

TEST_CASE("rope factors lengthen it, but for those that the length already counts", "[max_model_len]") {
  const std::string base = R"({"max_position_embeddings": 4096, "rope_scaling": )";
  CHECK(length(base + R"({"type": "linear", "factor": 2.5}})") == 10240);
  CHECK(length(base + R"({"rope_type": "dynamic", "factor": 4.0}})") == 16384);
  CHECK(length(base + R"({"rope_type": "linear", "factor": null}})") == 4096);
  CHECK(length(base + R"({"rope_type": "llama3", "factor": 8.0}})") == 4096);
  CHECK(length(R"({"model_type": "gemma3_text", "rope_scaling": {"rope_type": "linear", "factor": 8.0}})") == 131072);
  CHECK(
      length(
          R"({"max_position_embeddings": 4096, "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 2},
                   "sliding_attention": null}})") == 8192);
}

TEST_CASE("YaRN counted from the original length up to 0.29", "[max_model_len]") {
  const char* config = R"({"max_position_embeddings": 40960,
                           "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}})";
  CHECK(length(config, {.release = {29, 0}}) == 131072);
  CHECK(length(config, {.release = {30, 0}}) == 40960);
}

TEST_CASE("longrope starts at its original length, and may be asked for more", "[max_model_len]") {
  const char* config = R"({"model_type": "phi3", "max_position_embeddings": 131072, "rope_scaling": {"type": "su"}})";
  CHECK(length(config) == 4096);
  CHECK(length(config, {.max_model_len = 131072}) == 131072);
  CHECK_FALSE(answer(config, {.max_model_len = 131072}).length.refused);
}

TEST_CASE("vLLM refuses more than the limit", "[max_model_len]") {
  const char* config = R"({"max_position_embeddings": 4096})";
  CHECK_FALSE(answer(config, {.max_model_len = 4096}).length.refused);
  const auto refused = answer(config, {.max_model_len = 4097}).length.refused;
  REQUIRE(refused);
  CHECK(refused->code == "vllm-refuses/max-model-len-above-limit");
  CHECK(length(config, {.max_model_len = -1}) == 4096);
}

TEST_CASE("auto keeps a 16-bit dtype that the GPU has", "[dtype]") {
  CHECK(dtype(R"({"torch_dtype": "bfloat16"})") == Dtype::bfloat16);
  CHECK(dtype(R"({"dtype": "float16"})") == Dtype::float16);
  CHECK(dtype(R"({"torch_dtype": "bfloat16"})", {.capability = 75}) == Dtype::float16);
  CHECK(dtype(R"({"text_config": {"dtype": "float16"}})") == Dtype::float16);
  CHECK(dtype(R"({"torch_dtype": null, "vision_config": {"torch_dtype": "float16"}})") == Dtype::float16);
}

TEST_CASE("auto takes float32 down to 16 bits", "[dtype]") {
  CHECK(dtype(R"({"torch_dtype": "float32"})") == Dtype::bfloat16);
  CHECK(dtype("{}") == Dtype::bfloat16);
  CHECK(dtype(R"({"torch_dtype": "float32"})", {.capability = 75}) == Dtype::float16);
  CHECK(dtype(R"({"torch_dtype": "float32"})", {.architecture = "BertModel"}) == Dtype::float16);
}

TEST_CASE("models that overflow in float16 never get it", "[dtype]") {
  CHECK(dtype(R"({"model_type": "gemma2", "torch_dtype": "float16"})") == Dtype::bfloat16);
  CHECK(dtype(R"({"model_type": "gemma2", "torch_dtype": "bfloat16"})", {.capability = 75}) == Dtype::float32);
  CHECK(answer(R"({"model_type": "gemma2"})", {.dtype = "float16"}).dtype.refused);
}

TEST_CASE("what the user asks for counts, if the GPU has it", "[dtype]") {
  CHECK(dtype(R"({"torch_dtype": "bfloat16"})", {.dtype = "half"}) == Dtype::float16);
  CHECK(dtype(R"({"torch_dtype": "bfloat16"})", {.dtype = "float32"}) == Dtype::float32);
  CHECK(answer("{}", {.capability = 75, .dtype = "bfloat16"}).dtype.refused->code == "vllm-refuses/dtype-unsupported");
}
