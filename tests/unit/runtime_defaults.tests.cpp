#include "catch.hpp"
#include "hand_made.hpp"
#include "runtime_terms.hpp"

using namespace vram_gauge;

namespace {

Resolved resolve(const Model& model, const Request& request) {
  Resolved resolved;
  resolved.max_model_len = resolved.derived_max_model_len =
      request.engine.max_model_len.value_or(model.sizes.max_positions);
  resolve_defaults(model, request, resolved);
  return resolved;
}

}  // namespace

TEST_CASE("batch sizes follow the GPU's memory, name and release", "[runtime]") {
  const Model model = hand_llama_8b();
  Request request = hand_request({33, 0});
  CHECK(resolve(model, request).max_num_batched_tokens == 8192);
  CHECK(resolve(model, request).max_num_seqs == 1024);
  put_on_a100(request);
  CHECK(resolve(model, request).max_num_batched_tokens == 2048);
  CHECK(resolve(model, request).max_num_seqs == 256);
  request.hardware.name = "NVIDIA A800-SXM4-80GB";  // its name does not contain "a100"
  CHECK(resolve(model, request).max_num_batched_tokens == 8192);
  request.hardware.memory_bytes = std::int64_t{178} << 30;
  CHECK(resolve(model, request).max_num_batched_tokens == 16384);
  request.release = {27, 1};
  CHECK(resolve(model, request).max_num_batched_tokens == 8192);
  request.hardware = {};
  request.hardware.vendor = "NVIDIA", request.hardware.memory_bytes = std::int64_t{121} << 30,
  request.hardware.capability = 121;
  CHECK(resolve(model, request).max_num_seqs == 256);
  request = hand_request({8, 2});
  put_on_l40s(request);
  CHECK(resolve(model, request).max_num_seqs == 1024);
}

TEST_CASE("batch sizes follow what starts vLLM", "[runtime]") {
  const Model model = hand_llama_8b();
  const auto batch = [&](const char* context, bool large) {
    Request request = hand_request({33, 0});
    if (!large) put_on_l40s(request);
    request.engine.usage_context = context;
    const Resolved resolved = resolve(model, request);
    return std::pair(resolved.max_num_batched_tokens, resolved.max_num_seqs);
  };
  CHECK(batch("OPENAI_API_SERVER", true) == std::pair<std::int64_t, std::int64_t>(8192, 1024));
  CHECK(batch("LLM_CLASS", true) == std::pair<std::int64_t, std::int64_t>(16384, 1024));
  CHECK(batch("LLM_CLASS", false) == std::pair<std::int64_t, std::int64_t>(8192, 256));
  CHECK(batch("ENGINE_CONTEXT", true) == std::pair<std::int64_t, std::int64_t>(2048, 128));
}

TEST_CASE("batch sizes: what the user gives stays, defaults are bounded by each other", "[runtime]") {
  const Model model = hand_llama_8b();
  Request request = hand_request({33, 0});
  request.engine.max_num_batched_tokens = 512;
  CHECK(resolve(model, request).max_num_batched_tokens == 512);
  CHECK(resolve(model, request).max_num_seqs == 512);
  request.engine.max_num_seqs = 600;
  CHECK(resolve(model, request).max_num_seqs == 600);
  request.engine = {};
  request.engine.max_num_seqs = 2;
  request.engine.max_model_len = 1024;
  CHECK(resolve(model, request).max_num_batched_tokens == 2048);
  request.engine = {};
  request.engine.performance_mode = "throughput";
  CHECK(resolve(model, request).max_num_batched_tokens == 16384);
  CHECK(resolve(model, request).max_num_seqs == 2048);
  request.engine = {};
  request.engine.enable_chunked_prefill = false;
  CHECK(resolve(model, request).max_num_batched_tokens == 131072);
}

TEST_CASE("utilization and prefix caching change their defaults with the release", "[runtime]") {
  Model model = hand_llama_8b();
  CHECK(resolve(model, hand_request({19, 1})).gpu_memory_utilization == 0.90);
  CHECK(resolve(model, hand_request({20, 0})).gpu_memory_utilization == 0.92);
  CHECK(resolve(model, hand_request({19, 1})).enable_prefix_caching);
  model.hybrid = true;
  CHECK_FALSE(resolve(model, hand_request({27, 1})).enable_prefix_caching);
  CHECK(resolve(model, hand_request({28, 0})).enable_prefix_caching);
  model.attention_free = true;
  CHECK_FALSE(resolve(model, hand_request({28, 0})).enable_prefix_caching);
}

TEST_CASE("the V2 runner came model by model", "[runtime]") {
  Model llama = hand_llama_8b();
  CHECK_FALSE(resolve(llama, hand_request({22, 1})).v2_runner);
  CHECK(resolve(llama, hand_request({23, 0})).v2_runner);
  llama.quantization = "fp8";
  CHECK_FALSE(resolve(llama, hand_request({23, 0})).v2_runner);
  CHECK(resolve(llama, hand_request({24, 0})).v2_runner);
  Model qwen = llama;
  qwen.architecture = "Qwen2ForCausalLM";
  CHECK_FALSE(resolve(qwen, hand_request({24, 0})).v2_runner);
  CHECK(resolve(qwen, hand_request({25, 0})).v2_runner);
  qwen.hybrid = true;
  CHECK_FALSE(resolve(qwen, hand_request({28, 0})).v2_runner);
  CHECK(resolve(qwen, hand_request({29, 0})).v2_runner);
  Request suffix = hand_request({33, 0});
  suffix.engine.speculative_method = "suffix";
  CHECK_FALSE(resolve(llama, suffix).v2_runner);
  CHECK_FALSE(resolve(llama, hand_request({7, 3})).v1_engine);
}

TEST_CASE("CUDA graph sizes", "[runtime]") {
  const Model model = hand_llama_8b();
  Request request = hand_request({27, 0});
  CHECK(resolve(model, request).graph_sizes_piecewise == 51);
  CHECK(resolve(model, request).max_graph_size == 512);
  CHECK(resolve(model, request).graph_sizes_full == 51);
  request.engine.max_num_seqs = 128;
  CHECK(resolve(model, request).graph_sizes_piecewise == 35);
  CHECK(resolve(model, request).graph_sizes_full == 19);  // 1, 2, 4, 8 … 128
  request.engine.max_num_seqs = 8;
  CHECK(resolve(model, request).max_graph_size == 16);
  request.engine.num_speculative_tokens = 3;
  CHECK(resolve(model, request).max_graph_size == 64);
  CHECK(resolve(model, request).graph_sizes_full == 7);
  request.engine = {};
  request.hardware.capability = 100;
  request.release = {28, 0};
  CHECK(resolve(model, request).graph_sizes_piecewise == 83);
  request.engine.max_num_seqs = 100;  // from 0.31 max_num_seqs itself is always among them
  const std::int64_t before = resolve(model, request).graph_sizes_piecewise;
  request.release = {31, 0};
  CHECK(resolve(model, request).graph_sizes_piecewise == before + 1);
  request.engine.enforce_eager = true;
  CHECK(resolve(model, request).graph_sizes_piecewise == 0);
  request = hand_request({11, 0});
  CHECK(resolve(model, request).graph_sizes_piecewise == 67);
  request.release = {10, 2};
  CHECK(resolve(model, request).graph_sizes_full == 0);
  Model gpt_oss = model;
  gpt_oss.architecture = "GptOssForCausalLM";
  request.engine.max_num_seqs = 16;
  CHECK(resolve(gpt_oss, request).graph_sizes_piecewise == 131);
  request.release = {13, 0};
  CHECK(resolve(gpt_oss, request).graph_sizes_piecewise == 83);
}
