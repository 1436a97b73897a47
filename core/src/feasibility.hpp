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

enum class Starts : std::uint8_t { no, unlikely, likely, yes };
std::string_view name_of(Starts starts);

struct Verdict {
  Starts starts = Starts::no;
  bool fits = false;             // headroom >= policy.headroom_gb and the engine starts
  OomRisk oom_risk = OomRisk::high;
  std::int64_t headroom = 0;     // bytes of a GPU of the binding stage left beside the workload; negative = short
  std::int64_t kv_used = 0;      // bytes that the workload's sequences hold there
  std::int64_t max_concurrency_at_context = 0, max_context_at_concurrency = 0;
  std::vector<Note> warnings;
};

// `budgets` and `available` per pipeline stage. With kv_cache_memory_bytes the pool depends on no estimate and starts
// is yes or no.
Verdict judge(const KvPlan& plan, const KvSettings& settings, const std::vector<Budget>& budgets, const Request& request);

}  // namespace vram_gauge
