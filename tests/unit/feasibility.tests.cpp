#include "feasibility.hpp"
#include "catch.hpp"
#include "hand_made.hpp"

using namespace vram_gauge;

namespace {

constexpr std::int64_t G = std::int64_t{1} << 30;

// Llama-3.1-8B on one H100 with a budget made by hand: one request of 131,072 tokens needs 16 GiB.
struct Judged : Verdict {
  std::vector<Note> warnings;
};

struct Case {
  Model model = hand_llama_8b();
  Request request = hand_request({33, 0});
  KvSettings settings;
  KvPlan plan;
  std::vector<Budget> budgets;

  explicit Case(std::int64_t available_gib, std::int64_t below_gib = 0, std::int64_t above_gib = 0) {
    settings.release = request.release;
    settings.max_model_len = 131072;
    settings.max_num_batched_tokens = 8192;
    settings.max_num_seqs = 256;
    settings.capability = 90;
    Budget budget;
    budget.total = 79 * G;
    budget.requested = 72 * G;
    budget.available = available_gib * G;
    budget.available_low = (available_gib - below_gib) * G;
    budget.available_high = (available_gib + above_gib) * G;
    budgets.push_back(budget);
  }

  Judged judge() {
    plan = plan_kv_cache(model, settings);
    const Verdict verdict = vram_gauge::judge(plan, settings, budgets, request);
    return {verdict, warnings_of(verdict, plan, settings, budgets, request)};
  }
};

bool warns(const Judged& verdict, std::string_view code) {
  for (const Note& note : verdict.warnings)
    if (note.code == code) return true;
  return false;
}

}  // namespace

TEST_CASE("starts is read from the band, never from its middle alone", "[feasibility]") {
  CHECK(Case(20, 2, 2).judge().starts == Starts::yes);
  CHECK(Case(17, 2, 2).judge().starts == Starts::likely);
  CHECK(Case(15, 2, 2).judge().starts == Starts::unlikely);
  CHECK(Case(12, 2, 2).judge().starts == Starts::no);
  CHECK(Case(-3, 2, 2).judge().starts == Starts::no);
  CHECK(warns(Case(17, 2, 2).judge(), "probably-starts"));
  CHECK(warns(Case(15, 2, 2).judge(), "probably-not"));
  CHECK(warns(Case(12, 2, 2).judge(), "does-not-start"));
  CHECK(warns(Case(-3).judge(), "nothing-left-for-kv"));
}

TEST_CASE("auto-fit starts with whatever fits", "[feasibility]") {
  Case c(3, 1, 1);
  c.request.engine.max_model_len = -1;
  CHECK(c.judge().starts == Starts::yes);
}

TEST_CASE("whether the workload fits is another question", "[feasibility]") {
  Case c(40);
  c.request.workload.context_tokens = 8192;
  c.request.workload.concurrency = 30;  // a GiB each
  Judged v = c.judge();
  CHECK(v.starts == Starts::yes);
  CHECK(v.fits);
  CHECK(v.headroom == 10 * G);
  CHECK(v.kv_used == 30 * G);
  CHECK(v.max_concurrency_at_context == 39);  // one block is the null block
  CHECK(v.max_context_at_concurrency == 10912);
  CHECK(v.oom_risk == OomRisk::low);

  c.request.workload.concurrency = 39;
  v = c.judge();
  CHECK(v.fits);  // just the headroom that the policy asks for
  CHECK(v.oom_risk == OomRisk::medium);
  c.request.policy.headroom_gb = 1.5;
  CHECK_FALSE(c.judge().fits);
  CHECK(warns(c.judge(), "headroom-small"));

  c.request.workload.concurrency = 50;
  v = c.judge();
  CHECK_FALSE(v.fits);
  CHECK(v.headroom == -10 * G);
  CHECK(v.oom_risk == OomRisk::high);
  CHECK(warns(v, "workload-queues"));
}

TEST_CASE("headroom has the band of the memory it is taken from", "[feasibility]") {
  Case c(40, 2, 1);
  c.request.workload.context_tokens = 8192;
  const Judged v = c.judge();
  CHECK(v.headroom == 39 * G);
  CHECK(v.headroom_low == 37 * G);
  CHECK(v.headroom_high == 40 * G);
}

TEST_CASE("limits that are not of memory are said", "[feasibility]") {
  Case c(60);
  c.request.workload.context_tokens = 8192;
  c.settings.max_num_seqs = 4;
  c.request.workload.concurrency = 8;
  CHECK(warns(c.judge(), "concurrency-above-max-num-seqs"));
  c.settings.max_model_len = 4096;
  const Judged v = c.judge();
  CHECK(warns(v, "context-above-max-model-len"));
  CHECK_FALSE(v.fits);
}

TEST_CASE("vLLM asks for free memory when it starts", "[feasibility]") {
  Case c(40);
  c.budgets[0].requested = 78 * G + G / 2;
  c.budgets[0].terms.push_back({"cuda_context", G / 2, G / 4, G, "", {}, "", false});
  CHECK(c.judge().starts == Starts::yes);
  c.budgets[0].requested += G / 8;
  Judged v = c.judge();
  CHECK(v.starts == Starts::unlikely);
  CHECK(warns(v, "free-memory-below-budget"));
  c.budgets[0].requested = 79 * G;
  CHECK(c.judge().starts == Starts::no);
}

TEST_CASE("what lives outside the budget must find room there", "[feasibility]") {
  Case c(40);
  c.request.workload.context_tokens = 8192;
  c.budgets[0].outside = 8 * G;
  c.budgets[0].outside_low = 6 * G;
  Judged v = c.judge();
  CHECK(v.oom_risk == OomRisk::medium);
  CHECK(warns(v, "outside-budget-too-large"));
  c.budgets[0].outside_low = 7 * G + 1;
  CHECK(c.judge().oom_risk == OomRisk::high);
}

TEST_CASE("weights larger than the budget are named", "[feasibility]") {
  Case c(-30);
  c.budgets[0].terms.push_back({"weights", 100 * G, 0, 0, "", {}, "", true});
  const Judged v = c.judge();
  CHECK(v.starts == Starts::no);
  REQUIRE(warns(v, "weights-exceed-budget"));
  CHECK(v.warnings[0].message ==
        "Weights alone take 100.00 GiB of a GPU, 28.00 GiB more than the 72.00 GiB that vLLM may use.");
}

TEST_CASE("a sweep's cells and the verdict agree", "[feasibility]") {
  Case c(25, 2, 1);
  for (const std::int64_t context : {100, 5000, 131072})
    for (const std::int64_t concurrency : {1, 7, 40}) {
      c.request.workload.context_tokens = context;
      c.request.workload.concurrency = concurrency;
      const Judged v = c.judge();
      const WorkloadMeter meter(c.plan, c.settings, c.budgets, c.request);
      const WorkloadFit cell = meter.measure(v.starts, meter.context(context), meter.concurrency(concurrency));
      CHECK(cell.headroom == v.headroom);
      CHECK(cell.fits == v.fits);
      CHECK(cell.max_concurrency_at_context == v.max_concurrency_at_context);
    }
}

TEST_CASE("without a budget nothing is known", "[feasibility]") {
  Case c(25);
  c.budgets.clear();
  CHECK(c.judge().starts == Starts::no);
}
