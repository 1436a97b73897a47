// The pipeline as find_fixes() asks for it: one request, a few numbers.
#include <algorithm>

#include "pipeline.hpp"

namespace vram_gauge {
namespace {

// Refusals that another release may not have.
bool by_release(std::string_view code) {
  for (const std::string_view one : {"architecture-not-served", "quantization-unsupported", "quantization-deprecated",
                                     "kv-dtype-unsupported", "speculative-method"})
    if (code.ends_with(one)) return true;
  return false;
}

Trial trial_of(const Outcome& outcome) {
  Trial trial;
  trial.refused = outcome.error.has_value() || outcome.budgets.empty();
  trial.refused_by_release = outcome.error && by_release(outcome.error->code);
  trial.verdict = outcome.verdict;
  trial.max_model_len = outcome.resolved.max_model_len;
  trial.max_model_len_that_fits = outcome.pool.starts ? 0 : outcome.pool.max_model_len_that_fits;
  trial.bytes_per_token = outcome.plan.bytes_per_token;
  trial.max_num_seqs = outcome.resolved.max_num_seqs;
  trial.max_num_batched_tokens = outcome.resolved.max_num_batched_tokens;
  trial.gpu_memory_utilization = outcome.resolved.gpu_memory_utilization;
  trial.graphs = outcome.resolved.graph_sizes_piecewise > 0;
  for (const Budget& budget : outcome.budgets) trial.outside = std::max(trial.outside, budget.outside);
  return trial;
}

Trial run(const void* context, const Request& request) {
  return trial_of(evaluate(static_cast<const ParsedModel*>(context), request));
}

}  // namespace

std::vector<Fix> fixes_for(const ParsedModel& parsed, const Request& request, const Outcome& outcome) {
  if (outcome.method != Method::vllm || !outcome.built || !request.has_hardware) return {};
  return find_fixes(request, trial_of(outcome), {run, &parsed});
}

}  // namespace vram_gauge
