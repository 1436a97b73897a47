// Questions about running sequences, asked of a finished plan any number of times. No allocation here: a sweep asks
// thousands of times.
#include <algorithm>

#include "kv_plan.hpp"

namespace vram_gauge {
namespace {

constexpr std::int64_t at_most(std::int64_t blocks, std::int64_t limit) { return blocks < limit ? blocks : limit; }

struct Held {
  std::int64_t running = 0, peak = 0;
};

Held held(const KvPlan& plan, std::int64_t tokens) {
  Held sum;
  for (const KvDemand& demand : plan.demands) {
    const std::int64_t grown = ceil_div(tokens, demand.block_size * demand.shards);
    sum.running += demand.groups * (at_most(grown, demand.running_blocks) + demand.fixed_blocks);
    sum.peak += demand.groups * (at_most(grown, demand.peak_blocks) + demand.fixed_blocks);
  }
  return sum;
}

}  // namespace

std::int64_t KvDemand::at_start(std::int64_t tokens) const {
  return ceil_div(at_most(ceil_div(tokens, shards), start_tokens), block_size) + start_extra;
}

std::int64_t KvDemand::running(std::int64_t tokens) const {
  return at_most(ceil_div(tokens, block_size * shards), running_blocks) + fixed_blocks;
}

std::int64_t KvDemand::peak(std::int64_t tokens) const {
  return at_most(ceil_div(tokens, block_size * shards), peak_blocks) + fixed_blocks;
}

std::int64_t tokens_per_gib(const KvPlan& plan) { return plan.bytes_per_token > 0 ? GiB.count / plan.bytes_per_token : 0; }

std::int64_t blocks_of_sequence(const KvPlan& plan, const KvSettings&, std::int64_t tokens) { return held(plan, tokens).running; }

std::int64_t sequences_at(const KvPlan& plan, const KvSettings&, std::int64_t blocks, std::int64_t tokens) {
  const Held one = held(plan, tokens);
  const std::int64_t usable = blocks - 1;  // the null block
  if (one.running == 0) return no_limit;
  return usable < one.peak ? 0 : 1 + (usable - one.peak) / one.running;
}

std::int64_t context_at(const KvPlan& plan, const KvSettings& settings, std::int64_t blocks, std::int64_t sequences) {
  if (sequences < 1) return 0;
  const std::int64_t usable = blocks - 1;
  const auto fit = [&](std::int64_t tokens) {
    const Held one = held(plan, tokens);
    return (sequences - 1) * one.running + one.peak <= usable;
  };
  if (!fit(1)) return 0;
  std::int64_t fits = 1, above = settings.max_model_len + 1;
  while (above - fits > 1) {
    const std::int64_t middle = fits + (above - fits) / 2;
    (fit(middle) ? fits : above) = middle;
  }
  return fits;
}

}  // namespace vram_gauge
