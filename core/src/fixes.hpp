// What would make it fit: every lever pulled by really running the model with it, cheapest for the user first; pairs
// where they cost less than any single one that is enough.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feasibility.hpp"

namespace vram_gauge {

// One field of the request set to a value. `group` is "engine", "hardware" or "workload", or "" for vllm_version.
struct Change {
  enum class Kind : std::uint8_t { integer, number, text, flag };
  std::string_view group, field;
  Kind kind = Kind::integer;
  std::int64_t integer = 0;  // a flag: 1 = true
  double number = 0;
  std::string text = {};
};

// What the model answers with a change made.
struct Trial {
  bool refused = false;             // vLLM refuses the combination
  bool refused_by_release = false;  // for what the releases differ in
  Verdict verdict;
  std::int64_t max_model_len = 0, max_model_len_that_fits = 0;  // as resolved; 0 where it starts
  std::int64_t bytes_per_token = 0;                             // of KV cache, a sequence's full-context layers
  std::int64_t max_num_seqs = 0, max_num_batched_tokens = 0;
  double gpu_memory_utilization = 0;
  bool graphs = false;       // CUDA graphs are captured
  std::int64_t outside = 0;  // bytes outside the budget, worst stage
};

// Runs the pipeline on a request; `context` is the caller's.
struct Evaluator {
  Trial (*run)(const void* context, const Request& request);
  const void* context;
};

struct Fix {
  std::string_view id;  // "kv-cache-fp8", "more-tensor-parallel" …; of a pair the first one's
  std::string message;  // one sentence: what to do and what it costs
  std::vector<Change> changes;
  int cost = 0;         // 1 = a flag nobody notices … 9 = other hardware
  bool enough = false;  // starts (likely or yes) and the workload fits
  Trial effect;
};

// Empty where `now` fits already. At most 12: those that are enough by cost, then those that help.
std::vector<Fix> find_fixes(const Request& request, const Trial& now, Evaluator evaluator);

}  // namespace vram_gauge
