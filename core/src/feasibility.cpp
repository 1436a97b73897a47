#include "feasibility.hpp"

#include <algorithm>

namespace vram_gauge {
namespace {

using Level = std::int64_t Budget::*;

// Everything `starts` is read from.
struct Case {
  const KvPlan& plan;
  const KvSettings& settings;
  const std::vector<Budget>& budgets;
  const Request& request;
};

KvPool pool_at(const Case& in, Level level) {
  std::vector<Bytes> bytes;
  bytes.reserve(in.budgets.size());
  for (const Budget& budget : in.budgets) bytes.push_back(Bytes{budget.*level});
  return size_kv_pool(in.plan, in.settings, bytes, in.request.engine.num_gpu_blocks_override);
}

bool starts_at(const Case& in, Level level) {
  for (const Budget& budget : in.budgets)
    if (budget.*level <= 0) return false;
  if (in.plan.no_cache) return true;
  const KvPool pool = pool_at(in, level);
  return pool.starts || (in.request.engine.max_model_len == -1 && pool.max_model_len_that_fits > 0);
}

Starts answer(const Case& in) {
  if (free_memory_shortfall(in.budgets, &Term::low) > 0) return Starts::no;
  const Starts best = free_memory_shortfall(in.budgets, &Term::bytes) > 0 ? Starts::unlikely : Starts::yes;
  if (starts_at(in, &Budget::available_low)) return best;
  if (starts_at(in, &Budget::available)) return std::min(best, Starts::likely);
  return starts_at(in, &Budget::available_high) ? Starts::unlikely : Starts::no;
}

// By headroom as the rule of thumb does it, and by what has to live beside the budget.
OomRisk risk(const std::vector<Budget>& budgets, const Verdict& verdict) {
  if (verdict.starts <= Starts::unlikely || verdict.headroom < 0) return OomRisk::high;
  OomRisk worst = verdict.headroom < 2 * GiB.count || verdict.starts == Starts::likely ? OomRisk::medium : OomRisk::low;
  for (const Budget& budget : budgets) {
    if (budget.total <= 0) continue;
    const std::int64_t gap = budget.total - budget.requested;
    if (budget.outside_low > gap) worst = OomRisk::high;
    else if (budget.outside > gap) worst = std::max(worst, OomRisk::medium);
  }
  return worst;
}

}  // namespace

std::string_view name_of(Starts starts) {
  constexpr std::string_view names[] = {"no", "unlikely", "likely", "yes"};
  return names[static_cast<int>(starts)];
}

std::int64_t free_memory_shortfall(const std::vector<Budget>& budgets, std::int64_t Term::* amount) {
  std::int64_t worst = 0;
  for (const Budget& budget : budgets) {
    if (budget.total <= 0) continue;  // no GPU was named: kv_cache_memory_bytes stands for it
    std::int64_t before = 0;
    for (const Term& term : budget.terms)
      if (term.id == "cuda_context" || term.id == "communication") before += term.*amount;
    worst = std::max(worst, budget.requested - (budget.total - before));
  }
  return worst;
}

WorkloadMeter::WorkloadMeter(const KvPlan& plan, const KvSettings& settings, const std::vector<Budget>& budgets,
                             const Request& request)
    : plan_(plan),
      settings_(settings),
      budgets_(budgets),
      wanted_headroom_(request.policy.headroom_gb * static_cast<double>(GiB.count)) {
  if (request.engine.num_gpu_blocks_override) {
    blocks_ = *request.engine.num_gpu_blocks_override;
    return;
  }
  blocks_ = -1;
  for (std::size_t stage = 0; stage < budgets.size(); ++stage) {
    const std::int64_t size = bytes_per_block(stage);
    if (size == 0) continue;  // no layer of this stage has a cache
    const std::int64_t here = std::max<std::int64_t>(0, budgets[stage].available) / size;
    blocks_ = blocks_ < 0 ? here : std::min(blocks_, here);
  }
  blocks_ = std::max<std::int64_t>(0, blocks_);
}

std::int64_t WorkloadMeter::bytes_per_block(std::size_t stage) const {
  return plan_.stages.empty() ? 0 : plan_.stages[std::min(stage, plan_.stages.size() - 1)].bytes_per_block;
}

WorkloadMeter::Context WorkloadMeter::context(std::int64_t tokens) const {
  if (plan_.no_cache) return {tokens, 0, settings_.max_num_seqs};
  return {tokens, blocks_of_sequence(plan_, settings_, tokens), sequences_at(plan_, settings_, blocks_, tokens)};
}

WorkloadMeter::Concurrency WorkloadMeter::concurrency(std::int64_t sequences) const {
  return {sequences, plan_.no_cache ? settings_.max_model_len : context_at(plan_, settings_, blocks_, sequences)};
}

WorkloadFit WorkloadMeter::measure(Starts starts, const Context& context, const Concurrency& concurrency) const {
  WorkloadFit out;
  const std::int64_t used = saturating(context.blocks, concurrency.sequences);
  for (std::size_t stage = 0; stage < budgets_.size(); ++stage) {
    const std::int64_t bytes = saturating(used, bytes_per_block(stage)), headroom = budgets_[stage].available - bytes;
    if (stage > 0 && headroom >= out.headroom) continue;
    out.headroom = headroom;
    out.kv_used = bytes;
  }
  out.max_concurrency_at_context = context.sequences;
  out.max_context_at_concurrency = concurrency.longest;
  out.fits = starts >= Starts::likely && static_cast<double>(out.headroom) >= wanted_headroom_ &&
             context.tokens <= settings_.max_model_len &&
             (plan_.no_cache || context.sequences >= concurrency.sequences);
  return out;
}

Verdict judge(const KvPlan& plan, const KvSettings& settings, const std::vector<Budget>& budgets,
              const Request& request) {
  Verdict out;
  if (budgets.empty()) return out;
  out.starts = answer({plan, settings, budgets, request});
  const std::int64_t context = request.workload.context_tokens.value_or(settings.max_model_len);
  const WorkloadMeter meter(plan, settings, budgets, request);
  static_cast<WorkloadFit&>(out) =
      meter.measure(out.starts, meter.context(context), meter.concurrency(request.workload.concurrency));
  out.headroom_low = out.headroom_high = out.headroom;
  for (const Budget& budget : budgets) {
    out.headroom_low = std::min(out.headroom_low, budget.available_low - (budget.available - out.headroom));
    out.headroom_high = std::max(out.headroom_high, out.headroom + budget.available_high - budget.available);
  }
  out.oom_risk = risk(budgets, out);
  return out;
}

}  // namespace vram_gauge
