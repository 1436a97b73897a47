#include <algorithm>

#include "feasibility.hpp"
#include "format.hpp"

namespace vram_gauge {
namespace {

struct Writer {
  const KvPlan& plan;
  const KvSettings& settings;
  const std::vector<Budget>& budgets;
  const Request& request;
  const Verdict& verdict;
  std::vector<Note>& notes;

  void add(std::string_view code, std::string message) const {
    notes.push_back({std::string(code), std::move(message), ""});
  }

  // The stage with the least memory left.
  const Budget& tightest() const {
    return *std::min_element(budgets.begin(), budgets.end(),
                             [](const Budget& a, const Budget& b) { return a.available < b.available; });
  }
};

std::int64_t loaded(const Budget& budget) {
  for (const Term& term : budget.terms)
    if (term.id == "weights") return term.bytes;
  return 0;
}

std::string band(const Budget& budget) {
  if (budget.available_low == budget.available_high) return gib(budget.available);
  return gib(budget.available) + " (between " + gib(budget.available_low) + " and " + gib(budget.available_high) + ")";
}

void warn_memory(const Writer& out) {
  const Budget& budget = out.tightest();
  const std::int64_t weights = loaded(budget);
  if (weights > budget.requested && !out.request.engine.kv_cache_memory_bytes)
    return out.add("weights-exceed-budget", "Weights alone take " + gib(weights) + " of a GPU, " +
                                                gib(weights - budget.requested) + " more than the " +
                                                gib(budget.requested) + " that vLLM may use.");
  if (budget.available <= 0)
    return out.add("nothing-left-for-kv",
                   "Weights and run-time memory take " + gib(budget.requested - budget.available) + " of the " +
                       gib(budget.requested) + " that vLLM may use: nothing is left for the KV cache.");
  if (out.plan.no_cache || out.verdict.starts == Starts::yes || free_memory_shortfall(out.budgets, &Term::bytes) > 0)
    return;
  std::int64_t need = 0;
  const WorkloadMeter meter(out.plan, out.settings, out.budgets, out.request);
  for (std::size_t stage = 0; stage < out.budgets.size(); ++stage)
    need = std::max(
        need, blocks_of_sequence(out.plan, out.settings, out.settings.max_model_len) * meter.bytes_per_block(stage));
  const std::string figures = "one request of " + grouped(out.settings.max_model_len) + " tokens needs " + gib(need) +
                              " of KV cache and " + band(budget) + " is left for it.";
  if (out.verdict.starts == Starts::likely) out.add("probably-starts", "vLLM probably starts, but " + figures);
  else if (out.verdict.starts == Starts::unlikely) out.add("probably-not", "vLLM probably doesn't start: " + figures);
  else out.add("does-not-start", "vLLM doesn't start: " + figures);
}

void warn_free_memory(const Writer& out) {
  const std::int64_t shortfall = free_memory_shortfall(out.budgets, &Term::bytes);
  if (shortfall <= 0) return;
  out.add("free-memory-below-budget",
          "At gpu_memory_utilization " +
              thousandths(static_cast<std::int64_t>(static_cast<double>(out.tightest().requested) * 1000.0 /
                                                        static_cast<double>(out.tightest().total) +
                                                    0.5)) +
              " vLLM asks for " + gib(shortfall) + " more free memory than the CUDA context leaves.");
}

void warn_outside(const Writer& out) {
  for (const Budget& budget : out.budgets) {
    const std::int64_t gap = budget.total - budget.requested;
    if (budget.outside <= gap || budget.requested <= 0) continue;
    return out.add("outside-budget-too-large",
                   "CUDA context, communication and CUDA graphs outside the budget take about " + gib(budget.outside) +
                       ", but gpu_memory_utilization leaves " + gib(gap) + " for them.");
  }
}

void warn_workload(const Writer& out) {
  const std::int64_t context = out.request.workload.context_tokens.value_or(out.settings.max_model_len);
  const std::int64_t concurrency = out.request.workload.concurrency, most = out.verdict.max_concurrency_at_context;
  if (context > out.settings.max_model_len)
    out.add("context-above-max-model-len", "A context of " + grouped(context) +
                                               " tokens is longer than max_model_len " +
                                               grouped(out.settings.max_model_len) + ": vLLM rejects such a request.");
  if (concurrency > out.settings.max_num_seqs)
    out.add("concurrency-above-max-num-seqs", "vLLM runs at most max_num_seqs = " + grouped(out.settings.max_num_seqs) +
                                                  " requests at once; the others wait.");
  if (out.verdict.starts <= Starts::unlikely || out.plan.no_cache) return;
  const bool short_of_it = out.verdict.headroom < 0;
  if (most < concurrency)
    out.add("workload-queues",
            concurrency == 1 ? "A request of " + grouped(context) + " tokens doesn't fit" +
                                   (short_of_it ? ": " + gib(-out.verdict.headroom) + " short." : ".")
                             : grouped(concurrency) + " requests of " + grouped(context) +
                                   " tokens don't fit at once: " + grouped(most) + " run together, the others wait" +
                                   (short_of_it ? "; " + gib(-out.verdict.headroom) + " short." : "."));
  else if (!out.verdict.fits && context <= out.settings.max_model_len)
    out.add("headroom-small", "Only " + gib(out.verdict.headroom) + " would be left beside this workload.");
  if (most >= concurrency || short_of_it) return;
  const std::int64_t held = blocks_of_sequence(out.plan, out.settings, context),
                     admitted = blocks_to_admit(out.plan, context);
  if (admitted > held)
    out.add("admission", "While its prompt comes in, a request holds " + grouped(admitted) + " blocks instead of " +
                             grouped(held) +
                             ": windows keep the batches in flight (max_num_batched_tokens), states a checkpoint. "
                             "Until that is free, it waits.");
}

}  // namespace

std::vector<Note> warnings_of(const Verdict& verdict, const KvPlan& plan, const KvSettings& settings,
                              const std::vector<Budget>& budgets, const Request& request) {
  std::vector<Note> notes;
  if (budgets.empty()) return notes;
  const Writer out{plan, settings, budgets, request, verdict, notes};
  warn_memory(out);
  warn_free_memory(out);
  warn_outside(out);
  warn_workload(out);
  return notes;
}

}  // namespace vram_gauge
