#include <algorithm>

#include "resolve_rules.hpp"

namespace vram_gauge {
namespace {

// 1, 2, 4 (all up to 32 for interactivity), then by 8 below 256, then by 16 (by 8 throughout up to 0.11).
struct Grid {
  bool by_8_throughout, interactive;

  bool has(std::int64_t size) const {
    if (interactive && size <= 32) return true;
    if (size < 8) return size == 1 || size == 2 || size == 4;
    return size % (size < 256 || by_8_throughout ? 8 : 16) == 0;
  }

  std::int64_t next(std::int64_t size) const {
    if (size < 4) return interactive ? size + 1 : size * 2;
    if (interactive && size < 32) return size + 1;
    if (size < 256 || by_8_throughout) return (size / 8 + 1) * 8;
    return (size / 16 + 1) * 16;
  }
};

std::int64_t ceiling(const Model& model, const Request& request) {
  if (model.architecture == "GptOssForCausalLM" && request.release >= Release{10, 1}) return 1024;
  if (is_sm100(request.hardware.capability) && applies(Rule::graph_ceiling_1024_sm100, request.release)) return 1024;
  return 512;
}

std::int64_t largest(const Model& model, const Request& request, const Resolved& resolved, std::int64_t query) {
  if (!resolved.v1_engine) return std::min<std::int64_t>(resolved.max_num_seqs, 256);
  const std::int64_t top = std::min(ceiling(model, request), resolved.max_num_batched_tokens);
  return model.architecture == "GptOssForCausalLM" ? top : std::min(top, resolved.max_num_seqs * query * 2);
}

// Counts each size once: the grid, max_num_batched_tokens itself, and the decode batches of `query` tokens a request.
class Counter {
 public:
  Counter(const Request& request, std::int64_t query, Resolved& resolved)
      : grid_{request.release < Release{12, 0}, request.engine.performance_mode == "interactivity"},
        both_modes_(request.release >= Release{11, 0}),
        query_(query),
        resolved_(resolved) {}

  void count_given(std::vector<std::int64_t> sizes) {
    std::sort(sizes.begin(), sizes.end());
    sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    for (const std::int64_t size : sizes)
      if (size <= resolved_.max_num_batched_tokens) add(size);
  }

  void count(std::int64_t max, std::int64_t most_requests, bool decode_sizes) {
    for (std::int64_t size = 1; size <= max; size = grid_.next(size)) add(size);
    const std::int64_t tokens = resolved_.max_num_batched_tokens;
    if (tokens <= max && !grid_.has(tokens)) add(tokens);
    if (!decode_sizes) return;
    for (std::int64_t n = 1; query_ > 1 && n <= most_requests; n = grid_.next(n)) decode(n, max);
    if (query_ == 1 || !grid_.has(most_requests)) decode(most_requests, max);
  }

 private:
  void decode(std::int64_t requests, std::int64_t max) {
    const std::int64_t size = requests * query_;
    if (size <= max && !grid_.has(size) && size != resolved_.max_num_batched_tokens) add(size);
  }

  void add(std::int64_t size) {
    ++resolved_.graph_sizes_piecewise;
    if (both_modes_ && size <= resolved_.max_num_seqs * query_) ++resolved_.graph_sizes_full;
    resolved_.max_graph_size = std::max(resolved_.max_graph_size, size);
  }

  Grid grid_;
  bool both_modes_;
  std::int64_t query_;
  Resolved& resolved_;
};

}  // namespace

void resolve_graph_sizes(const Model& model, const Request& request, Resolved& resolved) {
  resolved.graph_sizes_piecewise = resolved.graph_sizes_full = resolved.max_graph_size = 0;
  const Engine& e = request.engine;
  const std::string mode = e.cudagraph_mode.value_or("");
  if (e.enforce_eager || mode == "NONE" || e.max_cudagraph_capture_size == 0 || request.hardware.vendor == "Intel")
    return;
  const std::int64_t query = 1 + e.num_speculative_tokens;
  Counter counter(request, query, resolved);
  if (!e.cudagraph_capture_sizes.empty()) counter.count_given(e.cudagraph_capture_sizes);
  else if (const auto max = e.max_cudagraph_capture_size)
    counter.count(std::min(*max, resolved.max_num_batched_tokens), 0, false);
  else
    counter.count(largest(model, request, resolved, query), std::min(resolved.max_num_seqs, ceiling(model, request)),
                  request.release >= Release{query > 1 ? 29 : 31, 0});
  if (mode == "PIECEWISE") resolved.graph_sizes_full = 0;
  if (mode.starts_with("FULL") && !mode.ends_with("PIECEWISE")) resolved.graph_sizes_piecewise = 0;
}

}  // namespace vram_gauge
