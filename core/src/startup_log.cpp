#include "startup_log.hpp"

#include <algorithm>

#include "startup_log_parts.hpp"
#include "text_scan.hpp"

namespace vram_gauge {
namespace {

using Amount = std::optional<std::int64_t> LogFigures::*;
enum class Keep : std::uint8_t { first, last, most, least };

// A figure that follows its phrase on the same line.
struct After {
  std::string_view phrase;
  Amount field;
  Keep keep = Keep::last;
  bool bytes = true;  // counts only with a unit
};

constexpr After after_phrase[] = {
    {"Model loading took", &LogFigures::loaded, Keep::most},
    {"Loading model weights took", &LogFigures::loaded, Keep::most},
    {"loading weights took", &LogFigures::loaded, Keep::most},
    {"model weights take", &LogFigures::loaded, Keep::most},
    {"model load takes", &LogFigures::loaded, Keep::most},
    {"Available KV cache memory", &LogFigures::available_kv, Keep::least},
    {"the rest of the memory reserved for KV Cache is", &LogFigures::available_kv, Keep::least},
    {"kv cache memory in use is", &LogFigures::available_kv, Keep::least},
    {"kv_cache_size=", &LogFigures::available_kv, Keep::least},
    {"available_kv_cache_memory", &LogFigures::available_kv, Keep::least},
    {"torch peak memory increase:", &LogFigures::activation, Keep::most},
    {"PyTorch activation peak memory takes", &LogFigures::activation, Keep::most},
    {"PyTorch activation peak memory ", &LogFigures::activation, Keep::most},
    {"non-torch forward increase memory:", &LogFigures::non_torch, Keep::most},
    {"non_torch_memory takes", &LogFigures::non_torch, Keep::most},
    {"non_torch_memory=", &LogFigures::non_torch, Keep::most},
    {"Estimated CUDA graph memory:", &LogFigures::cuda_graph_estimated, Keep::most},
    {"CUDA graph pool memory:", &LogFigures::cuda_graph, Keep::most},
    {"total_gpu_memory (", &LogFigures::total, Keep::last},
    {"total_gpu_memory=", &LogFigures::total, Keep::last},
    {"Initial free memory:", &LogFigures::free, Keep::least},
    {"worker requested memory:", &LogFigures::requested, Keep::last},
    {"GPU KV cache size", &LogFigures::kv_tokens, Keep::least, false},
    {"# GPU blocks:", &LogFigures::kv_blocks, Keep::least, false},
    {"# CUDA blocks:", &LogFigures::kv_blocks, Keep::least, false},
    {"# cuda blocks:", &LogFigures::kv_blocks, Keep::least, false},
    {"num_gpu_blocks is:", &LogFigures::kv_blocks, Keep::least, false},
    {"Setting attention block size to", &LogFigures::block_size, Keep::last, false},
    {"kv cache block size to", &LogFigures::block_size, Keep::last, false},
    {"aximum concurrency for", &LogFigures::max_concurrency_at, Keep::last, false},
    {"estimated maximum model length is", &LogFigures::estimated_max_model_len, Keep::last, false},
    {"model's max seq len (", &LogFigures::needed_for_tokens, Keep::last, false},
    {"models's max seq len (", &LogFigures::needed_for_tokens, Keep::last, false},
};

// A figure that stands before its phrase.
struct Before {
  std::string_view phrase;
  Amount field;
};

constexpr Before before[] = {
    {" for weight,", &LogFigures::loaded},
    {" for consumed memory", &LogFigures::consumed},
    {" for peak activation", &LogFigures::activation},
    {" for non-torch memory", &LogFigures::non_torch},
    {" for CUDAGraph memory", &LogFigures::cuda_graph},
    {" KV cache is needed", &LogFigures::kv_needed},
    {" (estimated)", &LogFigures::cuda_graph_estimated},
};

void keep(std::optional<std::int64_t>& field, double value, Keep rule) {
  const auto whole = static_cast<std::int64_t>(value + (value < 0 ? -0.5 : 0.5));
  if (!field || rule == Keep::last || (rule == Keep::most && whole > *field) || (rule == Keep::least && whole < *field))
    field = whole;
}

template <class Found>
void each(std::string_view text, std::string_view phrase, Found found) {
  for (std::size_t at = text.find(phrase); at != nowhere; at = text.find(phrase, at + phrase.size())) found(at);
}

void read_after(std::string_view text, LogFigures& figures) {
  for (const After& rule : after_phrase)
    each(text, rule.phrase, [&](std::size_t at) {
      const auto number = number_after(text, at + rule.phrase.size());
      if (number && (number->has_unit || !rule.bytes)) keep(figures.*rule.field, number->value, rule.keep);
    });
}

void read_before(std::string_view text, LogFigures& figures) {
  for (const Before& rule : before)
    each(text, rule.phrase, [&](std::size_t at) {
      const auto number = number_before(text, at);
      if (number && number->has_unit) keep(figures.*rule.field, number->value, Keep::most);
    });
}

// "Graph capturing finished in 13 secs, took 4.09 GiB"
void read_capture(std::string_view text, LogFigures& figures) {
  each(text, "Graph capturing finished", [&](std::size_t at) {
    const std::size_t took = text.find("took", at);
    if (took == nowhere || took > at + 60) return;
    if (const auto number = number_after(text, took + 4)) keep(figures.cuda_graph, number->value, Keep::most);
  });
}

// "Free memory on device cuda:0 (78.1/79.25 GiB) on startup …"
void read_device(std::string_view text, LogFigures& figures) {
  each(text, "Free memory on device", [&](std::size_t at) {
    const std::size_t open = text.find('(', at), slash = text.find('/', at);
    if (open == nowhere || slash == nowhere || slash > open + 12) return;
    const auto free = number_after(text, open + 1), total = number_after(text, slash + 1);
    if (!free || !total || !total->has_unit) return;
    keep(figures.free, free->value * (free->has_unit ? 1.0 : 1073741824.0), Keep::least);
    keep(figures.total, total->value, Keep::last);
  });
}

// "… GPU memory utilization is (0.92, 72.91 GiB)", "… utilization (0.9, 71.3 GiB)", "gpu_memory_utilization (0.80) =
// 153.59GiB"
void read_utilization(std::string_view text, LogFigures& figures) {
  for (const std::string_view phrase :
       {"memory utilization is (", "memory utilization (", "gpu_memory_utilization (", "Requested memory: "})
    each(text, phrase, [&](std::size_t at) {
      const auto utilization = number_after(text, at + phrase.size(), 2);
      if (!utilization || utilization->has_unit || utilization->value <= 0 || utilization->value > 1) return;
      figures.utilization = utilization->value;
      const auto bytes = number_after(text, utilization->end);
      if (bytes && bytes->has_unit) keep(figures.requested, bytes->value, Keep::last);
    });
}

// "Maximum concurrency for 8,192 tokens per request: 55.09x"
void read_concurrency(std::string_view text, LogFigures& figures) {
  each(text, "tokens per request:", [&](std::size_t at) {
    const auto times = number_after(text, at + 19, 3);
    if (times && (!figures.max_concurrency || times->value < *figures.max_concurrency))
      figures.max_concurrency = times->value;
  });
}

// From the last start in the log on: each begins with the first of these lines that its release prints.
std::string_view last_start(std::string_view text) {
  for (const std::string_view phrase :
       {"API server version", "non-default args", "Initializing a V1 LLM engine", "Initializing an LLM engine"}) {
    const std::size_t at = text.rfind(phrase);
    if (at == nowhere) continue;
    if (text.find(phrase) == at) return text;  // a single start: what stands before belongs to it
    const std::size_t line = text.rfind('\n', at);
    return line == nowhere ? text : text.substr(line + 1);
  }
  return text;
}

}  // namespace

std::string_view name_of(LogFacts::Outcome outcome) {
  constexpr std::string_view names[] = {
      "unknown", "started", "kv-cache-too-small", "no-kv-memory", "free-memory-too-low", "out-of-memory"};
  return names[static_cast<int>(outcome)];
}

std::string_view name_of(LogFacts::Phase phase) {
  constexpr std::string_view names[] = {"unknown",  "start",         "loading", "profiling",
                                        "kv-cache", "graph-capture", "serving"};
  return names[static_cast<int>(phase)];
}

LogFacts read_startup_log(std::string_view whole) {
  const std::string_view text = last_start(whole);
  LogFacts facts;
  read_after(text, facts.figures);
  read_before(text, facts.figures);
  read_capture(text, facts.figures);
  read_device(text, facts.figures);
  read_utilization(text, facts.figures);
  read_concurrency(text, facts.figures);
  read_log_settings(text, facts);
  read_log_outcome(text, facts);
  return facts;
}

}  // namespace vram_gauge
