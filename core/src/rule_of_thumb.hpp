// The published planning formulas, for when only a parameter count is known or when asked for: weights by bytes per
// parameter, a contiguous KV cache with a fragmentation factor, a flat overhead. All of it speaks of the whole
// tensor-parallel group. IEEE doubles multiplied in the reference's order and truncated, so every integer agrees.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config_reader.hpp"
#include "vram_gauge/units.hpp"

namespace vram_gauge {

enum class OomRisk : std::uint8_t { low, medium, high };
std::string_view name_of(OomRisk risk);

struct RuleOfThumbInput {
  Params params;                             // whole model; from billions with params_of_billions()
  std::string_view dtype = "auto";           // "auto" = bfloat16; any spelling of float_dtype(), "int8", "fp8"
  std::string_view quantization = {};        // "" and "none": by dtype; awq, gptq, int8, fp8 override it
  std::string_view kv_cache_dtype = "auto";  // "auto" = the model's dtype
  std::int64_t layers = 0, kv_heads = 0, head_dim = 0;  // 0 = unknown: no KV cache can be told
  Bytes memory;                                         // of all GPUs together
  std::int64_t tp = 1;
  std::int64_t context = 0, concurrency = 1;
  double gpu_memory_utilization = 0.90;
  double fragmentation_factor = 1.15;
  double headroom_gb = 1.0;           // GiB
  std::optional<double> overhead_gb;  // GiB; a fixed value instead of the formula
};

struct RuleOfThumb {
  Bytes weights, kv_cache, overhead, allocatable, headroom;  // headroom is signed
  bool fits = false;                                         // headroom >= headroom_gb
  OomRisk oom_risk = OomRisk::high;
  std::int64_t max_concurrency_at_context = 0, max_context_at_concurrency = 0;
  std::vector<Note> warnings;  // does-not-fit, oom-risk-high, oom-risk-medium, kv-cache-dominates
  std::vector<Note> notes;     // what was assumed
};

// int(billions × 10⁹).
Params params_of_billions(double billions);

RuleOfThumb rule_of_thumb(const RuleOfThumbInput& input);

}  // namespace vram_gauge
