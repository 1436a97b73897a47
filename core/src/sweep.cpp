// Thousands of cells from a few plans: the stages run once for each hardware row, the cells only ask its pool.
#include <algorithm>

#include "pipeline.hpp"

namespace vram_gauge {
namespace {

std::vector<std::int64_t> axis(const ConfigReader& axes, std::string_view key, std::int64_t own) {
  std::vector<std::int64_t> values = axes.integers(key);
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

void append_cell(const Outcome& o, const Request& request, std::int64_t context, std::int64_t concurrency, std::vector<double>& cells) {
  const bool refused = o.error.has_value() || o.plan.stages.empty();
  if (refused) {
    for (int i = 0; i + 1 < sweep_fields; ++i) cells.push_back(0);
    cells.push_back(1);
    return;
  }
  const std::int64_t bytes = o.plan.stages[o.binding].bytes_per_block, blocks = o.pool.blocks;
  const std::int64_t used = blocks_of_sequence(o.plan, o.kv_settings, context) * concurrency * bytes;
  const std::int64_t headroom = o.available[o.binding].count - bytes - used;
  const bool fits = o.verdict.starts != Starts::no && static_cast<double>(headroom) >= request.policy.headroom_gb * static_cast<double>(GiB.count);
  const double cell[sweep_fields] = {static_cast<double>(headroom),
                                     static_cast<double>(sequences_at(o.plan, o.kv_settings, blocks, context)),
                                     static_cast<double>(context_at(o.plan, o.kv_settings, blocks, concurrency)),
                                     static_cast<double>(used),
                                     static_cast<double>(o.verdict.starts),
                                     fits ? 1.0 : 0.0,
                                     0.0};
  cells.insert(cells.end(), std::begin(cell), std::end(cell));
}

}  // namespace

std::vector<double> sweep(const ParsedModel* model, std::string_view request_text) {
  std::vector<double> cells;
  const Result<Request> request = parse_request(request_text);
  if (!request) return cells;
  ReadLog log;
  log.used.assign(request->document.nodes.size(), false);
  const ConfigReader axes = ConfigReader(request->document, log).object("sweep");
  for (const Result<Request>& row : hardware_rows(*request, axes)) {
    if (!row) return {};
    const Outcome outcome = evaluate(model, *row);
    const auto contexts = axis(axes, "contexts", row->workload.context_tokens.value_or(outcome.resolved.max_model_len));
    const auto concurrencies = axis(axes, "concurrencies", row->workload.concurrency);
    if (log.error) return {};
    for (const std::int64_t context : contexts)
      for (const std::int64_t concurrency : concurrencies) append_cell(outcome, *row, context, concurrency, cells);
  }
  return cells;
}

}  // namespace vram_gauge
