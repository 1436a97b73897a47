#include <cmath>

#include "runtime_parts.hpp"

namespace vram_gauge {
namespace {

// vllm/v1/worker/utils.py:request_memory
std::int64_t requested_bytes(const Request& request, const Resolved& resolved) {
  const double product = static_cast<double>(request.hardware.memory_bytes) * resolved.gpu_memory_utilization;
  return static_cast<std::int64_t>(applies(Rule::requested_memory_rounded_up, request.release) ? std::ceil(product)
                                                                                               : product);
}

// Errors of the terms are independent, so their squares add.
struct Spread {
  double below = 0, above = 0;

  void add(const Term& term) {
    const auto low = static_cast<double>(term.bytes - term.low), high = static_cast<double>(term.high - term.bytes);
    below += low * low;
    above += high * high;
  }
};

std::int64_t root(double squares) { return static_cast<std::int64_t>(std::sqrt(squares)); }

void sum_up(Budget& budget) {
  Spread inside, outside;
  budget.available = budget.requested;
  for (const Term& term : budget.terms) {
    (term.in_budget ? inside : outside).add(term);
    if (term.in_budget) budget.available -= term.bytes;
    else budget.outside += term.bytes;
  }
  budget.available_low = budget.available - root(inside.above);
  budget.available_high = budget.available + root(inside.below);
  budget.outside_low = budget.outside - root(outside.below);
  budget.outside_high = budget.outside + root(outside.above);
}

// --kv-cache-memory-bytes: the amount is taken as it is, gpu_memory_utilization plays no part.
void fix(Budget& budget, std::int64_t bytes) {
  budget.available = budget.available_low = budget.available_high = bytes;
  budget.notes.push_back({"kv-cache-memory-fixed",
                          "kv_cache_memory_bytes fixes the KV cache: gpu_memory_utilization plays no part, and nothing "
                          "checks that it fits.",
                          "engine.kv_cache_memory_bytes"});
}

}  // namespace

Budget plan_budget(const Model& model, const Request& request, const Resolved& resolved, Rank rank, Bytes loaded,
                   const Drafter* drafter) {
  const BudgetInput in{model, request, resolved, forward_shape(model, request, rank.pp), drafter};
  Budget budget;
  budget.total = request.hardware.memory_bytes;
  budget.requested = requested_bytes(request, resolved);
  add_weight_terms(in, rank, loaded, budget);
  add_activation(in, budget);
  add_persistent(in, budget);
  add_non_torch(in, budget);
  add_graphs(in, budget);
  add_outside(in, budget);
  sum_up(budget);
  if (request.engine.kv_cache_memory_bytes) fix(budget, *request.engine.kv_cache_memory_bytes);
  return budget;
}

}  // namespace vram_gauge
