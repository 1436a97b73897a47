#include "format.hpp"
#include "json_writer.hpp"
#include "startup_log.hpp"

namespace vram_gauge {
namespace {

constexpr std::int64_t half_gib = std::int64_t{1} << 29;  // less of it is not worth a sentence

void maybe(JsonWriter& w, std::string_view key, const std::optional<std::int64_t>& value) {
  if (value) w.integer(key, *value);
}
void maybe(JsonWriter& w, std::string_view key, const std::optional<double>& value) {
  if (value) w.number(key, *value);
}
void maybe(JsonWriter& w, std::string_view key, const std::string& value) {
  if (!value.empty()) w.text(key, value);
}

void write_figures(JsonWriter& w, const LogFigures& f) {
  w.begin_object("figures");
  maybe(w, "loaded_bytes", f.loaded);
  maybe(w, "available_kv_bytes", f.available_kv);
  maybe(w, "activation_bytes", f.activation);
  maybe(w, "non_torch_bytes", f.non_torch);
  maybe(w, "consumed_bytes", f.consumed);
  maybe(w, "cuda_graph_bytes", f.cuda_graph);
  maybe(w, "cuda_graph_estimated_bytes", f.cuda_graph_estimated);
  maybe(w, "total_bytes", f.total);
  maybe(w, "free_bytes", f.free);
  maybe(w, "requested_bytes", f.requested);
  maybe(w, "utilization", f.utilization);
  maybe(w, "kv_tokens", f.kv_tokens);
  maybe(w, "kv_blocks", f.kv_blocks);
  maybe(w, "block_size", f.block_size);
  maybe(w, "max_concurrency", f.max_concurrency);
  maybe(w, "max_concurrency_at_tokens", f.max_concurrency_at);
  maybe(w, "kv_needed_bytes", f.kv_needed);
  maybe(w, "needed_for_tokens", f.needed_for_tokens);
  maybe(w, "estimated_max_model_len", f.estimated_max_model_len);
  w.end_object();
}

void write_oom(JsonWriter& w, const LogOutOfMemory& oom) {
  w.begin_object("out_of_memory");
  maybe(w, "tried_bytes", oom.tried);
  maybe(w, "total_bytes", oom.total);
  maybe(w, "free_bytes", oom.free);
  maybe(w, "process_bytes", oom.process);
  maybe(w, "allocated_bytes", oom.allocated);
  maybe(w, "graph_pools_bytes", oom.graph_pools);
  maybe(w, "reserved_bytes", oom.reserved);
  w.end_object();
}

// MAJOR.MINOR.PATCH at the head of "0.19.1rc1.dev316+g39ac64049"; "" for a build without one.
std::string_view release_of(std::string_view version) {
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    const std::size_t start = at;
    while (at < version.size() && version[at] >= '0' && version[at] <= '9') ++at;
    if (at == start) return {};
    if (part == 2) break;
    if (at >= version.size() || version[at] != '.') return {};
    ++at;
  }
  return version.starts_with("0.1.dev") ? std::string_view{} : version.substr(0, at);
}

void write_request(JsonWriter& w, const LogFacts& facts) {
  w.begin_object("request");
  if (const std::string_view release = release_of(facts.version); !release.empty()) w.text("vllm_version", release);
  w.begin_object("engine");
  bool utilization = false;
  for (const LogSetting& setting : facts.settings) {
    w.raw(setting.field, setting.json);
    utilization |= setting.field == "gpu_memory_utilization";
  }
  if (!utilization && facts.figures.utilization) w.number("gpu_memory_utilization", *facts.figures.utilization);
  w.end_object();
  const auto& total = facts.figures.total ? facts.figures.total : facts.oom.total;
  if (total) w.begin_object("hardware").integer("memory_bytes", *total).end_object();
  w.end_object();
}

std::optional<std::int64_t> non_torch_of(const LogFigures& f) {
  if (f.non_torch) return f.non_torch;
  if (f.consumed && f.loaded) return *f.consumed - *f.loaded;
  return std::nullopt;
}

void write_terms(JsonWriter& w, const LogFigures& f) {
  const auto term = [&](std::string_view id, const std::optional<std::int64_t>& bytes) {
    if (bytes) w.begin_object().text("id", id).integer("bytes", *bytes).end_object();
  };
  w.begin_array("terms");
  term("weights", f.loaded);
  term("activation", f.activation);
  term("non_torch", non_torch_of(f));
  term("cuda_graph", f.cuda_graph_estimated ? f.cuda_graph_estimated : f.cuda_graph);
  term("available_kv", f.available_kv);
  w.end_array();
}

std::string phase_words(LogFacts::Phase phase) {
  constexpr std::string_view words[] = {"at a point that the log doesn't show",
                                        "at the very start",
                                        "while loading the weights",
                                        "in the profiling pass",
                                        "while allocating the KV cache",
                                        "while capturing CUDA graphs or warming up",
                                        "while serving"};
  return std::string(words[static_cast<int>(phase)]);
}

std::string outcome_sentence(const LogFacts& facts) {
  const LogFigures& f = facts.figures;
  switch (facts.outcome) {
    case LogFacts::Outcome::started:
      return "vLLM started" + (f.available_kv ? ", with " + gib(*f.available_kv) + " of KV cache" : std::string()) +
             ".";
    case LogFacts::Outcome::kv_cache_too_small:
      return "vLLM refused to start: one request" +
             (f.needed_for_tokens ? " of " + grouped(*f.needed_for_tokens) + " tokens" : std::string()) +
             (f.kv_needed ? " needs " + gib(*f.kv_needed) + " of KV cache"
                          : std::string(" needs more KV cache than there is")) +
             (f.available_kv ? ", " + gib(*f.available_kv) + " was left." : ".");
    case LogFacts::Outcome::no_kv_memory:
      return "vLLM refused to start: weights and run-time memory left nothing for the KV cache.";
    case LogFacts::Outcome::free_memory_too_low:
      return "vLLM refused to start: " +
             (f.free && f.requested ? gib(*f.free) + " was free and " + gib(*f.requested) + " asked for"
                                    : std::string("too little memory was free")) +
             "; another process holds the rest.";
    case LogFacts::Outcome::out_of_memory:
      return "The GPU ran out of memory " + phase_words(facts.phase) +
             (facts.oom.tried ? ", asking for " + gib(*facts.oom.tried) + " more." : ".");
    case LogFacts::Outcome::unknown:
      break;
  }
  return "The text doesn't show how the start ended.";
}

void write_summary(JsonWriter& w, const LogFacts& facts) {
  const LogFigures& f = facts.figures;
  w.begin_array("summary").text({}, outcome_sentence(facts));
  if (f.requested && f.loaded)
    w.text({}, "Of " + gib(*f.requested) + " that vLLM may use, weights take " + gib(*f.loaded) +
                   (f.activation ? ", the profiling pass " + gib(*f.activation) : "") +
                   (non_torch_of(f) ? ", memory outside torch " + gib(*non_torch_of(f)) : "") + ".");
  const LogOutOfMemory& oom = facts.oom;
  if (oom.process && oom.total && *oom.total - *oom.process - oom.free.value_or(0) > half_gib)
    w.text({}, "Other processes hold " + gib(*oom.total - *oom.process - oom.free.value_or(0)) + " of this GPU.");
  if (oom.reserved && *oom.reserved > half_gib)
    w.text({}, gib(*oom.reserved) + " is reserved by torch but fragmented.");
  w.end_array();
}

}  // namespace

std::string startup_log_json(const LogFacts& facts) {
  JsonWriter w;
  w.begin_object();
  maybe(w, "vllm_version", facts.version);
  maybe(w, "model", facts.model);
  maybe(w, "architecture", facts.architecture);
  maybe(w, "gpu", facts.gpu);
  w.text("engine", facts.first_engine ? "v0" : "v1").boolean("v2_model_runner", facts.v2_runner);
  w.text("outcome", name_of(facts.outcome)).text("phase", name_of(facts.phase));
  write_figures(w, facts.figures);
  if (facts.outcome == LogFacts::Outcome::out_of_memory) write_oom(w, facts.oom);
  write_request(w, facts);
  write_terms(w, facts.figures);
  write_summary(w, facts);
  return w.end_object().str();
}

}  // namespace vram_gauge
