#include "startup_log_parts.hpp"
#include "text_scan.hpp"

namespace vram_gauge {
namespace {

using OomAmount = std::optional<std::int64_t> LogOutOfMemory::*;

void amount_after(std::string_view text, std::size_t start, std::string_view phrase, OomAmount field,
                  LogOutOfMemory& oom) {
  const std::size_t at = text.find(phrase, start);
  if (at == nowhere || at > start + 1200) return;
  const auto number = number_after(text, at + phrase.size());
  if (number && number->has_unit) oom.*field = static_cast<std::int64_t>(number->value + 0.5);
}

void amount_before(std::string_view text, std::size_t start, std::string_view phrase, OomAmount field,
                   LogOutOfMemory& oom) {
  const std::size_t at = text.find(phrase, start);
  if (at == nowhere || at > start + 1200) return;
  const auto number = number_before(text, at);
  if (number && number->has_unit) oom.*field = static_cast<std::int64_t>(number->value + 0.5);
}

// "CUDA out of memory. Tried to allocate 1.06 GiB. GPU 0 has a total capacity of 79.25 GiB of which 37.06 MiB is free.
// Including non-PyTorch memory, this process has 79.15 GiB memory in use. Of the allocated memory 78.23 GiB is
// allocated by PyTorch, with 41.88 MiB allocated in private pools (e.g., CUDA Graphs), and 212.50 MiB is reserved by
// PyTorch but unallocated."
void read_oom(std::string_view text, std::size_t at, LogOutOfMemory& oom) {
  amount_after(text, at, "Tried to allocate", &LogOutOfMemory::tried, oom);
  amount_after(text, at, "total capacity of", &LogOutOfMemory::total, oom);
  amount_before(text, at, " total capacity", &LogOutOfMemory::total, oom);
  amount_after(text, at, "of which", &LogOutOfMemory::free, oom);
  amount_before(text, at, " free;", &LogOutOfMemory::free, oom);
  amount_after(text, at, "this process has", &LogOutOfMemory::process, oom);
  amount_after(text, at, "Of the allocated memory", &LogOutOfMemory::allocated, oom);
  amount_before(text, at, " already allocated", &LogOutOfMemory::allocated, oom);
  amount_before(text, at, " allocated in private pools", &LogOutOfMemory::graph_pools, oom);
  amount_before(text, at, " is reserved by PyTorch", &LogOutOfMemory::reserved, oom);
}

std::size_t find_any(std::string_view text, std::initializer_list<std::string_view> phrases) {
  for (const std::string_view phrase : phrases)
    if (const std::size_t at = text.find(phrase); at != nowhere) return at;
  return nowhere;
}

// The last milestone before `end`.
LogFacts::Phase phase_before(std::string_view text) {
  struct Milestone {
    std::string_view phrase;
    LogFacts::Phase phase;
  };
  // What begins once the line was printed, latest first.
  constexpr Milestone milestones[] = {
      {"Application startup complete", LogFacts::Phase::serving},
      {"Graph capturing finished", LogFacts::Phase::serving},
      {"Capturing CUDA graph", LogFacts::Phase::graph_capture},
      {"capture_model", LogFacts::Phase::graph_capture},
      {"GPU KV cache size", LogFacts::Phase::graph_capture},
      {"GPU blocks:", LogFacts::Phase::graph_capture},
      {"Available KV cache memory", LogFacts::Phase::kv_cache},
      {"profile_run", LogFacts::Phase::profiling},
      {"determine_available_memory", LogFacts::Phase::profiling},
      {"Model loading took", LogFacts::Phase::profiling},
      {"Loading model weights took", LogFacts::Phase::profiling},
      {"Starting to load model", LogFacts::Phase::loading},
      {"load_model", LogFacts::Phase::loading},
      {"LLM engine", LogFacts::Phase::start},
  };
  for (const Milestone& milestone : milestones)
    if (text.find(milestone.phrase) != nowhere) return milestone.phase;
  return LogFacts::Phase::unknown;
}

}  // namespace

void read_log_outcome(std::string_view text, LogFacts& facts) {
  const std::size_t oom = find_any(
      text, {"out of memory. Tried to allocate", "OutOfMemoryError", "CUDA out of memory", "HIP out of memory"});
  const LogFigures& f = facts.figures;
  facts.phase = phase_before(text.substr(0, oom));
  if (find_any(text, {"is less than desired GPU memory utilization"}) != nowhere) {
    facts.outcome = LogFacts::Outcome::free_memory_too_low;
    facts.phase = LogFacts::Phase::start;
  } else if (find_any(text, {"No available memory for the cache blocks"}) != nowhere) {
    facts.outcome = LogFacts::Outcome::no_kv_memory;
  } else if (f.kv_needed || find_any(text, {"KV cache is needed, which is larger",
                                            "maximum number of tokens that can be stored in KV cache"}) != nowhere) {
    facts.outcome = LogFacts::Outcome::kv_cache_too_small;
  } else if (oom != nowhere) {
    facts.outcome = LogFacts::Outcome::out_of_memory;
    // A traceback's own frames say more than the lines before it.
    if (facts.phase <= LogFacts::Phase::profiling) facts.phase = phase_before(text);
    read_oom(text, oom == nowhere ? 0 : oom, facts.oom);
  } else if (f.kv_tokens || f.kv_blocks || f.max_concurrency) {
    facts.outcome = LogFacts::Outcome::started;
  }
}

}  // namespace vram_gauge
