#include <cmath>

#include "catch.hpp"
#include "hand_made.hpp"
#include "runtime_terms.hpp"

using namespace vram_gauge;

namespace {

constexpr double gib_bytes = 1073741824.0;

Budget plan(const Model& model, const Request& request, double loaded_gib) {
  Resolved resolved;
  resolved.max_model_len = resolved.derived_max_model_len =
      request.engine.max_model_len.value_or(model.sizes.max_positions);
  resolve_defaults(model, request, resolved);
  return plan_budget(model, request, resolved, {}, Bytes{static_cast<std::int64_t>(loaded_gib * gib_bytes)});
}

const Term* find(const Budget& budget, std::string_view id) {
  for (const Term& term : budget.terms)
    if (term.id == id) return &term;
  return nullptr;
}

double gib_of(const Budget& budget, std::string_view id) {
  const Term* term = find(budget, id);
  return term ? static_cast<double>(term->bytes) / gib_bytes : 0;
}

Model dense(std::int64_t hidden, std::int64_t layers, std::int64_t heads, std::int64_t kv_heads, std::int64_t inner,
            std::int64_t vocab) {
  Sizes sizes;
  sizes.hidden = hidden, sizes.layers = layers, sizes.heads = heads, sizes.kv_heads = kv_heads, sizes.head_dim = 128;
  sizes.inner = inner, sizes.vocab = vocab, sizes.max_positions = 32768;
  return hand_decoder("Qwen3ForCausalLM", sizes);
}

}  // namespace

TEST_CASE("requested memory is rounded up from 0.14 on", "[runtime]") {
  Request request = hand_request({13, 0});
  request.engine.gpu_memory_utilization = 0.9;
  const double product = 85029158912 * 0.9;
  CHECK(plan(hand_llama_8b(), request, 15).requested == static_cast<std::int64_t>(product));
  request.release = {14, 0};
  CHECK(plan(hand_llama_8b(), request, 15).requested == static_cast<std::int64_t>(std::ceil(product)));
}

// Peaks that vLLM printed.
TEST_CASE("activation: the sampler's peak of published starts", "[runtime]") {
  const auto off = [](double a, double b) { return std::abs(a - b); };
  SECTION("sorting, 0.11 on H100: Qwen3-32B 5.64, Llama-3.3-70B 4.84") {
    const Budget qwen = plan(dense(5120, 64, 64, 8, 25600, 151936), hand_request({11, 0}), 61.03);
    CHECK(off(gib_of(qwen, "activation") + gib_of(qwen, "cublas"), 5.64) < 0.015);
    const Budget llama = plan(dense(8192, 80, 64, 8, 28672, 128256), hand_request({11, 0}), 67.72);
    CHECK(off(gib_of(llama, "activation") + gib_of(llama, "cublas"), 4.84) < 0.015);
  }
  SECTION("Triton, 0.19 on two H100: Llama-3.3-70B 1.96, Qwen2.5-72B 2.29") {
    Request request = hand_request({19, 0});
    request.engine.tensor_parallel_size = 2;
    const Budget llama = plan(dense(8192, 80, 64, 8, 28672, 128256), request, 33.88);
    CHECK(off(gib_of(llama, "activation") + gib_of(llama, "cublas"), 1.96) < 0.015);
    const Budget qwen = plan(dense(8192, 80, 64, 8, 29568, 152064), request, 67.8);
    CHECK(off(gib_of(qwen, "activation") + gib_of(qwen, "cublas"), 2.29) < 0.015);
    CHECK(off(gib_of(llama, "non_torch"), 2.10) < 0.15);
  }
  SECTION("one sequence: the forward pass decides, Qwen2.5-3B with 2,048 tokens 0.17") {
    Request request = hand_request({10, 2});
    put_on_l40s(request);
    request.engine.max_num_seqs = 1;
    const Budget budget = plan(dense(2048, 36, 16, 2, 11008, 151936), request, 5.79);
    CHECK(off(gib_of(budget, "activation") + gib_of(budget, "cublas"), 0.17) < 0.02);
  }
  SECTION("V2 runner: 2 bytes a logit up to 0.32, the whole sampler from 0.33; buffers of its own") {
    const Budget before = plan(hand_llama_8b(), hand_request({32, 0}), 15),
                 after = plan(hand_llama_8b(), hand_request({33, 0}), 15);
    CHECK(off(gib_of(after, "activation"), 1.775 + 0.0078) < 0.01);
    CHECK(gib_of(before, "activation") < 0.9);
    CHECK(off(gib_of(after, "persistent_buffers"), 0.537) < 0.01);
    CHECK(find(before, "cublas"));
    CHECK_FALSE(find(after, "cublas"));
  }
}

TEST_CASE("a pooling model samples nothing", "[runtime]") {
  Model model = dense(4096, 36, 32, 8, 12288, 151665);
  model.pooling = true;
  const Budget budget = plan(model, hand_request({12, 0}), 14.1);
  CHECK(gib_of(budget, "activation") < 0.8);
}

TEST_CASE("experts' scratch memory stays from 0.14 on and is a term of its own", "[runtime]") {
  Model model = dense(2048, 48, 32, 4, 6144, 151936);
  model.sizes.experts = 128, model.sizes.top_k = 8, model.sizes.expert_inner = 768;
  Module experts;
  experts.kind = Module::Kind::experts, experts.role = Role::experts, experts.top_k = 8;
  experts.dims = {Dim{128}, Dim{2048}, Dim{768, 1, Split::even, {}}};
  model.layers[0].modules.push_back(experts);
  const Budget budget = plan(model, hand_request({19, 0}), 56.9);
  CHECK(find(budget, "workspace")->bytes == 8192LL * 8 * (2048 + 2048) * 2);
  CHECK_FALSE(find(plan(model, hand_request({11, 0}), 56.9), "workspace"));
  Request parallel = hand_request({19, 0});
  parallel.engine.tensor_parallel_size = 2;
  CHECK(find(plan(model, parallel, 28.5), "workspace")->inputs[2].value == 384);
  parallel.engine.enable_expert_parallel = true;
  CHECK(find(plan(model, parallel, 28.5), "workspace")->inputs[2].value == 768);
}

TEST_CASE("CUDA graphs count against the budget by release and runner", "[runtime]") {
  const Model model = hand_llama_8b();
  CHECK_FALSE(find(plan(model, hand_request({19, 1}), 15), "cuda_graph")->in_budget);
  CHECK(find(plan(model, hand_request({20, 0}), 15), "cuda_graph")->in_budget);
  CHECK_FALSE(find(plan(model, hand_request({24, 0}), 15), "cuda_graph")->in_budget);  // V2, which reserved none
  CHECK(find(plan(model, hand_request({29, 0}), 15), "cuda_graph")->in_budget);
  Request eager = hand_request({29, 0});
  eager.engine.enforce_eager = true;
  CHECK_FALSE(find(plan(model, eager, 15), "cuda_graph"));
}

TEST_CASE("the fusion workspace of FlashInfer", "[runtime]") {
  const auto non_torch = [](const Request& request) { return gib_of(plan(hand_llama_8b(), request, 8), "non_torch"); };
  Request request = hand_request({19, 0});
  request.engine.tensor_parallel_size = 2;
  const double fused = non_torch(request);
  request.engine.enforce_eager = true;
  CHECK(fused - non_torch(request) > 1.3);
  request.engine.enforce_eager = false;
  request.release = {14, 1};
  CHECK(fused - non_torch(request) > 1.3);
  request.release = {19, 0};
  request.hardware.name = "NVIDIA H100 PCIe";
  CHECK(fused - non_torch(request) > 1.3);
}

TEST_CASE("available memory is the budget less its terms, within a band", "[runtime]") {
  Request request = hand_request({19, 0});
  request.engine.gpu_memory_utilization = 0.95;
  const Budget budget = plan(hand_llama_8b(), request, 14.99);
  std::int64_t sum = budget.requested;
  for (const Term& term : budget.terms) {
    CHECK(term.low <= term.bytes);
    CHECK(term.bytes <= term.high);
    CHECK_FALSE(term.formula.empty());
    CHECK_FALSE(term.source.empty());
    if (term.in_budget) sum -= term.bytes;
  }
  CHECK(budget.available == sum);
  CHECK(budget.available_low < sum);
  CHECK(budget.available_high > sum);
  CHECK(std::abs(static_cast<double>(budget.available) / gib_bytes - 58.11) < 0.15);  // as a log of this start prints

  request.engine.kv_cache_memory_bytes = 1 << 30;
  const Budget fixed = plan(hand_llama_8b(), request, 14.99);
  CHECK(fixed.available == 1 << 30);
  CHECK(fixed.available_low == fixed.available_high);
}

TEST_CASE("LoRA slots and offloaded weights move the budget", "[runtime]") {
  Request request = hand_request({25, 0});
  const std::int64_t plain = plan(hand_llama_8b(), request, 15).available;
  request.engine.enable_lora = true;
  const Budget lora = plan(hand_llama_8b(), request, 15);
  // rank 16: (q + k + v + o + gate + up + down) of 32 layers, 2 bytes
  const std::int64_t slots = 32LL * 16 * ((4096 + 4096) + 2 * (4096 + 1024) + (4096 + 4096) + 3 * (4096 + 14336)) * 2;
  CHECK(find(lora, "lora")->bytes == slots);
  CHECK(lora.available == plain - slots);
  request.engine = {};
  request.engine.cpu_offload_gb = 4;
  CHECK(plan(hand_llama_8b(), request, 15).available == plain + (4LL << 30));
}

TEST_CASE("memory shared with the host has a wide band and says so", "[runtime]") {
  Request request = hand_request({25, 0});
  request.hardware.unified_memory = true;
  request.hardware.capability = 121;
  request.hardware.memory_bytes = 130602405888;
  const Budget budget = plan(hand_llama_8b(), request, 15);
  CHECK(budget.available_high - budget.available_low > 2LL << 30);
  CHECK(budget.notes.at(0).code == "unified-memory");
}
