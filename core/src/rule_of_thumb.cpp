#include "rule_of_thumb.hpp"

#include <algorithm>

#include "dtype.hpp"
#include "format.hpp"

namespace vram_gauge {
namespace {

struct Rate {
  std::string_view name;
  double bytes;
};

// Bytes per parameter of a quantization, and of the dtypes that are not floats of 16 or 32 bits.
constexpr Rate weight_rates[] = {{"awq", 0.55},         {"awq_marlin", 0.55}, {"gptq", 0.55},
                                 {"gptq_marlin", 0.55}, {"int8", 1.0},        {"fp8", 1.0}};

std::optional<double> weight_rate(std::string_view name) {
  for (const Rate& rate : weight_rates)
    if (rate.name == name) return rate.bytes;
  return std::nullopt;
}

std::int64_t element_size(std::string_view dtype) {
  if (dtype.starts_with("fp8") || dtype == "int8") return 1;
  const std::optional<Dtype> known = float_dtype(dtype);
  return known ? size_of(*known) : 2;
}

// Truncated like Python's int(); beyond what a report can state it stays at 2^62.
std::int64_t truncated(double value) {
  constexpr double limit = 4611686018427387904.0;
  return static_cast<std::int64_t>(std::clamp(value, -limit, limit));
}

// 2 × heads × head_dim × layers × context × concurrency × bytes is an exact integer in the reference, and becomes a
// double once, when the fragmentation factor is applied; past int64 the product is made of doubles.
double product(std::initializer_list<std::int64_t> factors) {
  std::int64_t exact = 1;
  double rounded = 1;
  bool fits = true;
  for (const std::int64_t factor : factors) {
    fits = fits && !__builtin_mul_overflow(exact, factor, &exact);
    rounded *= static_cast<double>(factor);
  }
  return fits ? static_cast<double>(exact) : rounded;
}

std::int64_t kv_cache(const RuleOfThumbInput& in, std::int64_t context, std::int64_t concurrency) {
  const std::int64_t bytes = element_size(in.kv_cache_dtype == "auto" ? in.dtype : in.kv_cache_dtype);
  return truncated(product({2, in.kv_heads, in.head_dim, in.layers, context, concurrency, bytes}) *
                   in.fragmentation_factor);
}

std::int64_t overhead(const RuleOfThumbInput& in) {
  const double gib_bytes = static_cast<double>(GiB.count);
  if (in.overhead_gb) return truncated(*in.overhead_gb * gib_bytes);
  const std::int64_t base = truncated(std::max(gib_bytes, 0.02 * static_cast<double>(in.memory.count)));
  return in.tp > 1 ? base + GiB.count / 4 * (in.tp - 1) : base;
}

void limits(const RuleOfThumbInput& in, RuleOfThumb& out) {
  const std::int64_t left = (out.allocatable - out.weights - out.overhead).count;
  const std::int64_t sequence = kv_cache(in, in.context, 1), token = kv_cache(in, 1, 1);
  if (left <= 0) return;
  if (sequence > 0) out.max_concurrency_at_context = left / sequence;
  if (token > 0 && in.concurrency > 0) out.max_context_at_concurrency = left / token / in.concurrency;
}

std::string percent(Bytes part, Bytes whole) {
  return std::to_string(truncated(100.0 * static_cast<double>(part.count) / static_cast<double>(whole.count))) + " %";
}

void warn(RuleOfThumb& out) {
  const Bytes required = out.weights + out.kv_cache + out.overhead;
  const std::string figures = gib(required.count) + " required, " + gib(out.allocatable.count) + " allocatable";
  if (!out.fits)
    out.warnings.push_back({"does-not-fit", "Does not fit with the headroom asked for: " + figures + ".", ""});
  if (out.oom_risk == OomRisk::high)
    out.warnings.push_back(
        {"oom-risk-high", "High risk of running out of memory: " + gib(-out.headroom.count) + " short.", ""});
  if (out.oom_risk == OomRisk::medium)
    out.warnings.push_back(
        {"oom-risk-medium", "Medium risk of running out of memory: only " + gib(out.headroom.count) + " left.", ""});
  if (static_cast<double>(out.kv_cache.count) > 0.5 * static_cast<double>(out.allocatable.count))
    out.warnings.push_back({"kv-cache-dominates",
                            "The KV cache takes " + gib(out.kv_cache.count) + ", " +
                                percent(out.kv_cache, out.allocatable) +
                                " of what can be allocated: consider an fp8 KV cache or a shorter context.",
                            ""});
}

void note_assumptions(const RuleOfThumbInput& in, RuleOfThumb& out) {
  if (!in.quantization.empty() && in.quantization != "none" && !weight_rate(in.quantization))
    out.notes.push_back({"quantization-without-rate",
                         "The rule of thumb has no bytes per parameter for '" + std::string(in.quantization) +
                             "': the dtype's are used.",
                         "quantization"});
  if (in.layers * in.kv_heads * in.head_dim == 0)
    out.notes.push_back(
        {"kv-cache-unknown", "Layers, KV heads or head size are not known: the KV cache is not counted.", ""});
}

}  // namespace

std::string_view name_of(OomRisk risk) {
  constexpr std::string_view names[] = {"low", "medium", "high"};
  return names[static_cast<int>(risk)];
}

Params params_of_billions(double billions) { return {truncated(billions * 1e9)}; }

RuleOfThumb rule_of_thumb(const RuleOfThumbInput& in) {
  RuleOfThumb out;
  const double rate = weight_rate(in.quantization).value_or(static_cast<double>(element_size(in.dtype)));
  out.weights = {truncated(static_cast<double>(in.params.count) * rate)};
  out.kv_cache = {kv_cache(in, in.context, in.concurrency)};
  out.overhead = {overhead(in)};
  out.allocatable = {truncated(static_cast<double>(in.memory.count) * in.gpu_memory_utilization)};
  out.headroom = out.allocatable - (out.weights + out.kv_cache + out.overhead);
  out.fits = static_cast<double>(out.headroom.count) >= in.headroom_gb * static_cast<double>(GiB.count);
  out.oom_risk = out.headroom >= 2 * GiB ? OomRisk::low : out.headroom.count >= 0 ? OomRisk::medium : OomRisk::high;
  limits(in, out);
  warn(out);
  note_assumptions(in, out);
  return out;
}

}  // namespace vram_gauge
