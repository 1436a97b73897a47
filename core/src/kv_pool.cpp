// Bytes -> blocks, tokens and concurrency as vLLM prints them, and what it says when one request does not fit
// (vllm/v1/core/kv_cache_planning.py:get_kv_cache_configs, kv_cache_utils.py:get_kv_cache_capacity). Memory model §1.7,
// §1.8, §3.5, §3.6.
#include <algorithm>

#include "kv_legacy.hpp"
#include "kv_plan.hpp"

namespace vram_gauge {
namespace {

std::int64_t blocks_to_start(const KvPlan& plan, std::int64_t tokens) {
  std::int64_t blocks = 0;
  for (const KvDemand& demand : plan.demands) blocks += demand.groups * demand.at_start(tokens);
  return blocks;
}

// The longest request that `blocks` hold, at most `limit`; 0 = none.
std::int64_t longest_start(const KvPlan& plan, std::int64_t blocks, std::int64_t limit) {
  if (limit < 1 || blocks_to_start(plan, 1) > blocks) return 0;
  std::int64_t fits = 1, above = limit + 1;
  while (above - fits > 1) {
    const std::int64_t middle = fits + (above - fits) / 2;
    (blocks_to_start(plan, middle) <= blocks ? fits : above) = middle;
  }
  return fits;
}

std::int64_t tokens_of(const KvPlan& plan, const KvSettings& s, const KvPool& pool) {
  if (is_v0(s)) return pool.blocks * plan.block_size;
  if (s.holds(Rule::kv_tokens_from_concurrency))
    return static_cast<std::int64_t>(pool.max_concurrency * static_cast<double>(s.max_model_len));
  std::int64_t least = no_limit, groups = 0;
  for (const KvDemand& demand : plan.demands) {
    least = std::min(least, demand.block_size);
    groups += demand.groups;
  }
  return pool.blocks / std::max<std::int64_t>(groups, 1) * least * s.parallel.dcp * s.parallel.pcp;
}

// Saturates where no memory is that large.
std::int64_t bytes_of(std::int64_t blocks, std::int64_t bytes_per_block) {
  return blocks > no_limit / bytes_per_block ? no_limit : blocks * bytes_per_block;
}

double concurrency_of(const KvPlan& plan, const KvSettings& s, std::int64_t blocks) {
  if (is_v0(s) || !s.holds(Rule::concurrency_in_blocks))
    return static_cast<double>(blocks * plan.block_size) / static_cast<double>(s.max_model_len);
  return static_cast<double>(blocks) / static_cast<double>(std::max<std::int64_t>(plan.log_blocks, 1));
}

}  // namespace

KvPool size_kv_pool(const KvPlan& plan, const KvSettings& s, const std::vector<Bytes>& available,
                    std::optional<std::int64_t> blocks_override) {
  KvPool pool;
  if (plan.no_cache) {
    pool.blocks = 1;
    pool.starts = true;
    return pool;
  }
  if (plan.refused || available.empty()) return pool;
  // The smallest stage's; what the start-up test lets a request have; and on the first stage that fails the test.
  std::int64_t blocks = no_limit, usable = no_limit, failing = no_limit;
  const std::int64_t needed = blocks_to_start(plan, s.max_model_len);
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    const KvStage& stage = plan.stages[i];
    if (stage.bytes_per_block == 0) continue;
    const std::int64_t bytes = blocks_override
                                   ? bytes_of(*blocks_override, stage.bytes_per_block)
                                   : std::max<std::int64_t>(0, available[available.size() > 1 ? i : 0].count);
    const std::int64_t null_block = s.holds(Rule::null_block_reserved) && !is_v0(s) ? stage.bytes_per_block : 0;
    blocks = std::min(blocks, bytes / stage.bytes_per_block);
    const std::int64_t own = std::max<std::int64_t>(0, bytes - null_block) / stage.bytes_per_need;
    usable = std::min(usable, own);
    if (failing == no_limit && own < needed) failing = own;
  }
  if (blocks == no_limit) blocks = usable = needed;  // every cache has 0 bytes: a file of odd numbers
  pool.blocks = blocks;
  pool.starts = usable > 0 && needed <= usable;
  pool.max_model_len_that_fits = pool.starts ? s.max_model_len : longest_start(plan, failing, s.max_model_len);
  pool.longest = pool.starts ? s.max_model_len : longest_start(plan, usable, s.max_model_len);
  pool.max_concurrency = concurrency_of(plan, s, blocks);
  pool.tokens = tokens_of(plan, s, pool);
  return pool;
}

}  // namespace vram_gauge
