// Reads what vLLM prints when it starts, or the traceback with which it dies: figures in all wordings of 0.2 to 0.33,
// settings, and how it ended. A pure function of the text; what isn't printed stays empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vram_gauge {

// Amounts are bytes, as exact as the log prints them (2 decimals of a GiB, 4 in some releases). Of several ranks the
// one that binds: most weights, least KV cache.
struct LogFigures {
  std::optional<std::int64_t> loaded, available_kv, activation, non_torch, consumed, cuda_graph, cuda_graph_estimated;
  std::optional<std::int64_t> total, free, requested;
  std::optional<std::int64_t> kv_tokens, kv_blocks, block_size, max_concurrency_at;
  std::optional<double> max_concurrency, utilization;
  // "To serve at least one request with the model's max seq len …"
  std::optional<std::int64_t> kv_needed, needed_for_tokens, estimated_max_model_len;
};

// One engine argument as the log shows it; `json` is its value as JSON text.
struct LogSetting {
  std::string_view field;  // vLLM's name
  std::string json;
};

// torch's out-of-memory error.
struct LogOutOfMemory {
  std::optional<std::int64_t> tried, total, free, process, allocated, graph_pools, reserved;
};

struct LogFacts {
  enum class Outcome : std::uint8_t {
    unknown,              // nothing that says how it ended
    started,              // the KV cache was sized and held a request
    kv_cache_too_small,   // it would not have held one request of max_model_len
    no_kv_memory,         // nothing was left for it
    free_memory_too_low,  // less free memory at the start than gpu_memory_utilization asks for
    out_of_memory,
  };
  // How far it got: where an out-of-memory error struck.
  enum class Phase : std::uint8_t { unknown, start, loading, profiling, kv_cache, graph_capture, serving };

  std::string version;  // as printed, "0.19.1rc1.dev316+g39ac64049"
  std::string model, architecture, gpu;
  bool first_engine = false, v2_runner = false;
  LogFigures figures;
  std::vector<LogSetting> settings;
  LogOutOfMemory oom;
  Outcome outcome = Outcome::unknown;
  Phase phase = Phase::unknown;
};

std::string_view name_of(LogFacts::Outcome outcome);
std::string_view name_of(LogFacts::Phase phase);

// Where a log holds several starts, the last of them.
LogFacts read_startup_log(std::string_view text);

// {"vllm_version", "model", …, "outcome", "phase", "figures": {…_bytes}, "out_of_memory"?, "request": {"vllm_version",
// "engine": {…}, "hardware": {"memory_bytes"}}, "terms": [{"id", "bytes"}], "summary": [sentence, …]}: "request" is a
// fragment that can be merged into one, "terms" have the ids of a report's budget.
std::string startup_log_json(const LogFacts& facts);

}  // namespace vram_gauge
