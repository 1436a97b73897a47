// Thousands of cells from a few plans: the stages run once for each hardware row, the cells only ask its pool.
#include <algorithm>

#include "pipeline.hpp"

namespace vram_gauge {
namespace {

std::vector<std::int64_t> axis(const ConfigReader& axes, std::string_view key, std::int64_t own) {
  std::vector<std::int64_t> values = axes.integers(key, -1, max_tokens);
  if (values.empty()) values.push_back(own);
  return values;
}

// The request once for each hardware row, with the row's GPU and parallel sizes in place of its own.
std::vector<Result<Request>> hardware_rows(const Request& request, const ConfigReader& axes) {
  std::vector<Result<Request>> rows;
  for (const ConfigReader& row : axes.objects("hardware")) rows.push_back(with_hardware(request, row));
  if (rows.empty()) rows.push_back(request);
  return rows;
}

void append_cell(const WorkloadFit& fit, Starts starts, std::vector<double>& cells) {
  const double cell[sweep_fields] = {static_cast<double>(fit.headroom),
                                     static_cast<double>(fit.max_concurrency_at_context),
                                     static_cast<double>(fit.max_context_at_concurrency),
                                     static_cast<double>(fit.kv_used),
                                     static_cast<double>(starts),
                                     fit.fits ? 1.0 : 0.0,
                                     0.0};
  cells.insert(cells.end(), std::begin(cell), std::end(cell));
}

// The rule of thumb doesn't say whether vLLM starts: here it does where nothing is missing.
void append_planned(const RuleOfThumb& plan, std::vector<double>& cells) {
  const WorkloadFit fit{plan.headroom.count, plan.kv_cache.count, plan.max_concurrency_at_context,
                        plan.max_context_at_concurrency, plan.fits};
  append_cell(fit, plan.headroom.count < 0 ? Starts::no : Starts::yes, cells);
}

void append_refused(std::size_t count, std::vector<double>& cells) {
  while (count-- > 0) {
    cells.insert(cells.end(), sweep_fields - 1, 0.0);
    cells.push_back(1.0);
  }
}

}  // namespace

std::vector<double> sweep(const ParsedModel* model, std::string_view request_text) {
  std::vector<double> cells;
  Result<Request> request = parse_request(request_text);
  if (!request) return cells;
  attach_draft(model, *request);
  ReadLog log;
  log.used.assign(request->document.nodes.size(), false);
  const ConfigReader axes = ConfigReader(request->document, log).object("sweep");
  for (const Result<Request>& row : hardware_rows(*request, axes)) {
    if (!row) return {};
    const Outcome outcome = evaluate(model, *row);
    const auto contexts = axis(axes, "contexts", row->workload.context_tokens.value_or(outcome.resolved.max_model_len));
    const auto concurrencies = axis(axes, "concurrencies", row->workload.concurrency);
    if (log.error) return {};
    if (outcome.method == Method::rule_of_thumb && !outcome.error && row->has_hardware) {
      RuleOfThumbInput input = outcome.thumb_input;
      for (const std::int64_t tokens : contexts)
        for (const std::int64_t concurrency : concurrencies) {
          input.context = tokens, input.concurrency = concurrency;
          append_planned(rule_of_thumb(input), cells);
        }
      continue;
    }
    if (outcome.error || outcome.budgets.empty()) {
      append_refused(contexts.size() * concurrencies.size(), cells);
      continue;
    }
    const Starts starts = outcome.verdict.starts;
    const WorkloadMeter meter(outcome.plan, outcome.kv_settings, outcome.budgets, *row);
    std::vector<WorkloadMeter::Concurrency> columns;
    columns.reserve(concurrencies.size());
    for (const std::int64_t concurrency : concurrencies) columns.push_back(meter.concurrency(concurrency));
    cells.reserve(cells.size() + contexts.size() * columns.size() * sweep_fields);
    for (const std::int64_t tokens : contexts) {
      const WorkloadMeter::Context context = meter.context(tokens);
      for (const WorkloadMeter::Concurrency& column : columns)
        append_cell(meter.measure(starts, context, column), starts, cells);
    }
  }
  return cells;
}

}  // namespace vram_gauge
