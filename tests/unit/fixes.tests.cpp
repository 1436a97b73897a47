#include <algorithm>

#include "catch.hpp"
#include "data/gpus.hpp"
#include "fixes.hpp"
#include "hand_made.hpp"

using namespace vram_gauge;

namespace {

constexpr std::int64_t G = std::int64_t{1} << 30;

// A made-up model of `weights` GiB whose workload needs `cache` GiB of KV in 16 bits; runs at 131,072 tokens.
struct Imaginary {
  std::int64_t weights, cache;
  mutable int runs = 0;
};

Trial run(const void* context, const Request& request) {
  const auto& model = *static_cast<const Imaginary*>(context);
  ++model.runs;
  const Engine& e = request.engine;
  Trial trial;
  trial.refused = e.tensor_parallel_size > 4;
  trial.max_model_len = e.max_model_len.value_or(131072);
  trial.max_num_seqs = e.max_num_seqs.value_or(256);
  trial.max_num_batched_tokens = e.max_num_batched_tokens.value_or(8192);
  trial.gpu_memory_utilization = e.gpu_memory_utilization.value_or(0.92);
  trial.graphs = !e.enforce_eager;
  trial.outside = G / 2;
  const std::int64_t ranks = e.tensor_parallel_size * e.pipeline_parallel_size;
  const auto budget =
      static_cast<std::int64_t>(static_cast<double>(request.hardware.memory_bytes) * trial.gpu_memory_utilization);
  const std::int64_t weights = model.weights * G / ranks / (e.quantization ? 2 : 1);
  std::int64_t cache = model.cache * G / ranks / (e.kv_cache_dtype ? 2 : 1);
  cache = cache / 1024 * std::min<std::int64_t>(trial.max_model_len, 131072) / 128;
  Verdict& v = trial.verdict;
  v.headroom = budget - weights - cache - (trial.graphs ? G : 0);
  v.fits = v.headroom >= G && !trial.refused;
  v.starts = v.headroom >= 0 ? Starts::yes : Starts::no;
  trial.max_model_len_that_fits =
      v.headroom >= 0 ? 0 : std::max<std::int64_t>(0, (cache + v.headroom) * 1024 / (cache / 128));
  return trial;
}

std::vector<Fix> fixes_of(const Imaginary& model, const Request& request) {
  return find_fixes(request, run(&model, request), {run, &model});
}

const Fix* find(const std::vector<Fix>& fixes, std::string_view id) {
  for (const Fix& fix : fixes)
    if (fix.id == id) return &fix;
  return nullptr;
}

Request on_24_gib() {
  Request request = hand_request({33, 0});
  set_gpu(request.hardware, *find_gpu("rtx-4090-24gb"));
  return request;
}

}  // namespace

TEST_CASE("nothing to fix where it fits", "[fixes]") {
  const Imaginary model{8, 4};
  CHECK(fixes_of(model, on_24_gib()).empty());
  CHECK(model.runs == 1);
}

TEST_CASE("what is enough comes first, the cheapest of it before the others", "[fixes]") {
  const std::vector<Fix> fixes = fixes_of({12, 10}, on_24_gib());
  REQUIRE_FALSE(fixes.empty());
  CHECK(fixes[0].id == "kv-cache-fp8");
  CHECK(fixes[0].enough);
  for (std::size_t i = 1; i < fixes.size(); ++i) {
    CHECK(fixes[i - 1].enough >= fixes[i].enough);
    if (fixes[i].enough) CHECK(fixes[i - 1].cost <= fixes[i].cost);
  }
  CHECK(find(fixes, "lower-context"));
  CHECK(find(fixes, "bigger-gpu")->cost == 9);
  for (const Fix& fix : fixes) CHECK_FALSE(fix.message.empty());
}

TEST_CASE("every fix's effect is that of the changed request", "[fixes]") {
  const Imaginary model{12, 10};
  const Request request = on_24_gib();
  for (const Fix& fix : fixes_of(model, request)) {
    Request changed = request;
    for (const Change& c : fix.changes) {
      if (c.field == "kv_cache_dtype") changed.engine.kv_cache_dtype = c.text;
      else if (c.field == "quantization") changed.engine.quantization = c.text;
      else if (c.field == "max_model_len") changed.engine.max_model_len = c.integer;
      else if (c.field == "enforce_eager") changed.engine.enforce_eager = true;
      else if (c.field == "gpu_memory_utilization") changed.engine.gpu_memory_utilization = c.number;
      else if (c.field == "tensor_parallel_size") changed.engine.tensor_parallel_size = c.integer;
      else if (c.field == "pipeline_parallel_size") changed.engine.pipeline_parallel_size = c.integer;
      else if (c.field == "gpu") set_gpu(changed.hardware, *find_gpu(c.text));
    }
    CHECK(run(&model, changed).verdict.headroom == fix.effect.verdict.headroom);
  }
}

TEST_CASE("pairs where no single lever is enough", "[fixes]") {
  // 70 GiB of weights and 30 of cache: too much for any one lever on 24 GiB, refused beyond four GPUs.
  Request request = on_24_gib();
  request.hardware.vendor = "Nobody";  // has no GPU in the catalogue
  const std::vector<Fix> fixes = fixes_of({70, 30}, request);
  REQUIRE_FALSE(fixes.empty());
  CHECK(fixes[0].enough);
  CHECK(fixes[0].changes.size() > 1);
  CHECK(std::none_of(fixes.begin(), fixes.end(), [](const Fix& fix) { return fix.enough && fix.changes.size() == 1; }));
}

TEST_CASE("a layout that vLLM refuses gets smaller ones", "[fixes]") {
  Request request = on_24_gib();
  request.engine.tensor_parallel_size = 8;
  request.hardware.gpus = 8;
  const std::vector<Fix> fixes = fixes_of({8, 4}, request);
  REQUIRE(find(fixes, "fewer-tensor-parallel"));
  CHECK(fixes[0].changes[0].integer <= 4);
}

TEST_CASE("what releases differ in gets the nearest release that runs it", "[fixes]") {
  struct Served {
    Release first, last;
  };
  const auto run_served = [](const void* context, const Request& request) {
    const auto& model = *static_cast<const Served*>(context);
    const Imaginary small{8, 4};
    Trial trial = run(&small, request);
    trial.refused = trial.refused_by_release = request.release < model.first || request.release > model.last;
    return trial;
  };
  const auto version = [&](Served model, Release release) {
    Request request = on_24_gib();
    request.release = release;
    const Evaluator evaluator{run_served, &model};
    const std::vector<Fix> fixes = find_fixes(request, evaluator.run(evaluator.context, request), evaluator);
    const Fix* fix = find(fixes, "other-release");
    return fix && fix->enough ? fix->changes[0].text : "";
  };
  CHECK(version({{10, 1}, {33, 0}}, {9, 0}) == "0.10.1");
  CHECK(version({{10, 1}, {20, 2}}, {33, 0}) == "0.20.2");
  CHECK(version({{10, 1}, {20, 2}}, {99, 0}) == "0.20.2");  // newer than any known
  CHECK(version({{10, 1}, {20, 2}}, {15, 0}).empty());      // fits
  CHECK(version({{99, 0}, {99, 0}}, {33, 0}).empty());
}
