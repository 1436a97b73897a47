// Questions about running sequences, asked of a finished plan any number of times. No allocation here: a sweep asks
// thousands of times.
#include <algorithm>
#include <optional>

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

// Whether `sequences` of `tokens` fit, the last of them being admitted.
bool fit(const KvPlan& plan, std::int64_t usable, std::int64_t sequences, std::int64_t tokens) {
  const Held one = held(plan, tokens);
  return (sequences - 1) * one.running + one.peak <= usable;
}

// Contexts from `fits` to before `above`, with no window or state reaching its limit in between.
struct Span {
  std::int64_t fits = 0, above = 0;
};

// Narrows the span at the lengths where a demand stops growing.
void narrow(Span& span, const KvPlan& plan, std::int64_t usable, std::int64_t sequences) {
  for (const KvDemand& demand : plan.demands) {
    if (demand.grows()) continue;
    for (const std::int64_t limit : {demand.running_blocks, demand.peak_blocks}) {
      const std::int64_t tokens = limit * demand.block_size * demand.shards;
      if (tokens <= span.fits || tokens >= span.above) continue;
      (fit(plan, usable, sequences, tokens) ? span.fits : span.above) = tokens;
    }
  }
}

// The longest context in the span by division, where all that still grows has blocks of one size; else nothing.
std::optional<std::int64_t> divide(const Span& span, const KvPlan& plan, std::int64_t usable, std::int64_t sequences) {
  std::int64_t block = 0, per_block = 0, constant = 0;
  for (const KvDemand& demand : plan.demands) {
    const std::int64_t tokens = demand.block_size * demand.shards;
    const auto add = [&](std::int64_t limit, std::int64_t times) {
      const bool grows = limit == no_limit || limit * tokens > span.fits;
      if (!grows) constant += demand.groups * times * limit;
      else if (times > 0 && block != 0 && block != tokens) return false;
      else if (times > 0) block = tokens, per_block += demand.groups * times;
      return true;
    };
    constant += demand.groups * sequences * demand.fixed_blocks;
    if (!add(demand.running_blocks, sequences - 1) || !add(demand.peak_blocks, 1)) return std::nullopt;
  }
  if (per_block == 0) return span.above - 1;
  return std::max(span.fits, at_most(std::max<std::int64_t>(0, usable - constant) / per_block * block, span.above - 1));
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

std::int64_t tokens_per_gib(const KvPlan& plan) {
  return plan.bytes_per_token > 0 ? GiB.count / plan.bytes_per_token : 0;
}

std::int64_t blocks_of_sequence(const KvPlan& plan, const KvSettings&, std::int64_t tokens) {
  return held(plan, tokens).running;
}

std::int64_t blocks_to_admit(const KvPlan& plan, std::int64_t tokens) { return held(plan, tokens).peak; }

std::int64_t sequences_at(const KvPlan& plan, const KvSettings&, std::int64_t blocks, std::int64_t tokens) {
  const Held one = held(plan, tokens);
  const std::int64_t usable = blocks - 1;  // the null block
  if (one.running == 0) return no_limit;
  return usable < one.peak ? 0 : 1 + (usable - one.peak) / one.running;
}

std::int64_t context_at(const KvPlan& plan, const KvSettings& settings, std::int64_t blocks, std::int64_t sequences) {
  const std::int64_t usable = blocks - 1;
  if (sequences < 1 || sequences > usable || !fit(plan, usable, sequences, 1)) return 0;
  Span span{1, settings.max_model_len + 1};
  narrow(span, plan, usable, sequences);
  if (const auto divided = divide(span, plan, usable, sequences)) return *divided;
  while (span.above - span.fits > 1) {
    const std::int64_t middle = span.fits + (span.above - span.fits) / 2;
    (fit(plan, usable, sequences, middle) ? span.fits : span.above) = middle;
  }
  return span.fits;
}

}  // namespace vram_gauge
