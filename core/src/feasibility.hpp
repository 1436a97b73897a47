// The two questions users confuse, kept apart: does vLLM start (the pool holds one request of max_model_len), and does
// the workload run without queueing (the pool holds `concurrency` sequences of `context` tokens at once).
#pragma once

#include <cstdint>
#include <vector>

#include "kv_plan.hpp"
#include "request.hpp"
#include "rule_of_thumb.hpp"
#include "runtime_terms.hpp"

namespace vram_gauge {

// From the band of the memory that is left for the KV cache: it starts with the least of it (yes), with the middle
// (likely), only with the most (unlikely), or not even then (no).
enum class Starts : std::uint8_t { no, unlikely, likely, yes };
std::string_view name_of(Starts starts);

// What the pool says to a workload: bytes of a GPU of the binding stage.
struct WorkloadFit {
  std::int64_t headroom = 0;  // available for the KV cache less kv_used; negative = short
  std::int64_t kv_used = 0;   // what the workload's sequences hold
  // Of the pool that the middle of the band gives; where vLLM doesn't start, of the pool that a shorter max_model_len
  // would leave.
  std::int64_t max_concurrency_at_context = 0, max_context_at_concurrency = 0;
  bool fits = false;  // vLLM starts (likely or yes), the pool holds the workload, headroom >= policy.headroom_gb
};

struct Verdict : WorkloadFit {
  Starts starts = Starts::no;
  OomRisk oom_risk = OomRisk::high;
  std::int64_t headroom_low = 0, headroom_high = 0;  // with the band of the memory left for the KV cache
};

// Asks one plan about many workloads. `budgets` per pipeline stage, one at least; all references must outlive it.
class WorkloadMeter {
 public:
  WorkloadMeter(const KvPlan& plan, const KvSettings& settings, const std::vector<Budget>& budgets,
                const Request& request);

  // What depends on the context alone, and on the concurrency alone: asked once for each row and column of a sweep.
  struct Context {
    std::int64_t tokens = 0, blocks = 0;  // of one sequence
    std::int64_t sequences = 0;           // that run at once
  };
  struct Concurrency {
    std::int64_t sequences = 0, longest = 0;  // context
  };
  Context context(std::int64_t tokens) const;
  Concurrency concurrency(std::int64_t sequences) const;

  WorkloadFit measure(Starts starts, const Context& context, const Concurrency& concurrency) const;
  std::int64_t blocks() const { return blocks_; }  // of the pool, the smallest stage's
  std::int64_t bytes_per_block(std::size_t stage) const;

 private:
  const KvPlan& plan_;
  const KvSettings& settings_;
  const std::vector<Budget>& budgets_;
  std::int64_t blocks_ = 0;
  double wanted_headroom_ = 0;
};

// With kv_cache_memory_bytes the pool depends on no estimate and starts is yes or no. `budgets` may be empty: nothing
// is known then.
Verdict judge(const KvPlan& plan, const KvSettings& settings, const std::vector<Budget>& budgets,
              const Request& request);

// What a person should know about the verdict, with figures.
std::vector<Note> warnings_of(const Verdict& verdict, const KvPlan& plan, const KvSettings& settings,
                              const std::vector<Budget>& budgets, const Request& request);

// How much free memory is missing when vLLM starts, on the worst stage, with the low, middle or high amount of what
// the CUDA context and NCCL take (vllm/v1/worker/utils.py:request_memory); 0 or less = enough.
std::int64_t free_memory_shortfall(const std::vector<Budget>& budgets, std::int64_t Term::* amount);

}  // namespace vram_gauge
