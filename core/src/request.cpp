#include "request.hpp"

#include <algorithm>

#include "data/gpus.hpp"

namespace vram_gauge {
namespace {

constexpr std::int64_t max_exact = std::int64_t{1} << 53;

// Looks a group of the request up; every failure names the field's path.
class Fields {
 public:
  explicit Fields(ConfigReader reader) : reader_(std::move(reader)) {}

  std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max) const {
    const std::optional<std::int64_t> value = reader_.find_integer(key, max);
    if (value && *value < min) return wrong(key, "a whole number from " + std::to_string(min)), std::nullopt;
    return value;
  }
  std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max, std::int64_t fallback) const {
    return integer(key, min, max).value_or(fallback);
  }
  std::optional<double> number(std::string_view key, double min, double max) const {
    const std::optional<double> value = reader_.find_number(key);
    if (value && !(*value >= min && *value <= max))
      return wrong(key, "a number from " + std::to_string(static_cast<std::int64_t>(min)) + " to " +
                            std::to_string(static_cast<std::int64_t>(max))),
             std::nullopt;
    return value;
  }
  bool flag(std::string_view key, bool fallback = false) const { return reader_.flag(key, fallback); }
  std::optional<bool> maybe_flag(std::string_view key) const { return reader_.find_flag(key); }
  std::optional<std::string> text(std::string_view key) const {
    if (!reader_.has(key)) return std::nullopt;
    return std::string(reader_.text(key));
  }
  // One of the names, or an error listing them.
  std::optional<std::string> choice(std::string_view key, std::initializer_list<std::string_view> names) const {
    std::optional<std::string> value = text(key);
    if (!value || std::find(names.begin(), names.end(), *value) != names.end()) return value;
    std::string list;
    for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    wrong(key, "one of " + list);
    return std::nullopt;
  }
  void wrong(std::string_view key, std::string_view expected) const {
    const std::string path = reader_.path().empty() ? std::string(key) : reader_.path() + "." + std::string(key);
    reader_.log().fail("invalid-value", '"' + path + "\" must be " + std::string(expected) + ".", path);
  }
  const ConfigReader& reader() const { return reader_; }

 private:
  ConfigReader reader_;
};

constexpr std::string_view engine_fields[] = {"dtype",
                                              "quantization",
                                              "kv_cache_dtype",
                                              "max_model_len",
                                              "tensor_parallel_size",
                                              "pipeline_parallel_size",
                                              "data_parallel_size",
                                              "enable_expert_parallel",
                                              "gpu_memory_utilization",
                                              "kv_cache_memory_bytes",
                                              "max_num_batched_tokens",
                                              "max_num_seqs",
                                              "block_size",
                                              "enforce_eager",
                                              "enable_prefix_caching",
                                              "enable_chunked_prefill",
                                              "limit_mm_per_prompt",
                                              "language_model_only",
                                              "speculative_config",
                                              "cpu_offload_gb",
                                              "num_gpu_blocks_override",
                                              "swap_space",
                                              "decode_context_parallel_size",
                                              "prefill_context_parallel_size",
                                              "disable_hybrid_kv_cache_manager",
                                              "disable_sliding_window",
                                              "async_scheduling",
                                              "performance_mode",
                                              "enable_lora",
                                              "max_loras",
                                              "max_lora_rank",
                                              "skip_mm_profiling",
                                              "runner"};

// What vLLM takes a draft model for, by its name (vllm/config/speculative.py:SpeculativeConfig.__post_init__).
std::string method_by_name(std::string_view model) {
  if (model.empty()) return {};
  if (model == "ngram" || model == "[ngram]") return "ngram";
  std::string name;
  for (const char c : model) name += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  if (name.find("eagle-") != std::string::npos) return "eagle";
  for (const std::string_view method : {"eagle3", "dflash", "dspark"})
    if (name.find(method) != std::string::npos) return std::string(method);
  return "draft_model";
}

void read_speculation(const Fields& fields, Engine& engine) {
  const Fields speculation(fields.reader().object("speculative_config"));
  engine.num_speculative_tokens = speculation.integer("num_speculative_tokens", 0, 1024, 0);
  engine.draft_model = speculation.text("model").value_or("");
  engine.speculative_method = speculation.text("method").value_or(method_by_name(engine.draft_model));
  engine.draft_quantization = speculation.text("quantization");
  engine.draft_kv_cache_dtype = speculation.text("kv_cache_dtype");
  engine.draft_max_model_len = speculation.integer("max_model_len", 1, max_tokens);
  engine.parallel_drafting = speculation.flag("parallel_drafting");
  engine.heterogeneous_vocabulary = speculation.flag("use_heterogeneous_vocab");
}

void read_engine(const Fields& f, Request& request) {
  Engine& e = request.engine;
  for (const std::string_view name : f.reader().names())
    if (std::find(std::begin(engine_fields), std::end(engine_fields), name) == std::end(engine_fields))
      request.warnings.push_back({"unknown-engine-argument",
                                  "\"engine." + std::string(name) + "\" is not modelled and changes nothing here.",
                                  "engine." + std::string(name)});
  e.dtype = f.choice(
      "dtype", {"auto", "half", "float16", "fp16", "bfloat16", "bf16", "float", "float32", "fp32", "int8", "fp8"});
  e.quantization = f.text("quantization");
  e.runner = f.choice("runner", {"auto", "generate", "pooling"});
  e.kv_cache_dtype = f.text("kv_cache_dtype");
  if (f.reader().is_text("max_model_len")) {
    if (f.choice("max_model_len", {"auto"})) e.max_model_len = -1;
  } else {
    e.max_model_len = f.integer("max_model_len", -1, max_tokens);
    if (e.max_model_len == 0) f.wrong("max_model_len", "at least 1, or -1 for as long as fits");
  }
  e.tensor_parallel_size = f.integer("tensor_parallel_size", 1, 1024, 1);
  e.pipeline_parallel_size = f.integer("pipeline_parallel_size", 1, 1024, 1);
  e.data_parallel_size = f.integer("data_parallel_size", 1, 1024, 1);
  e.decode_context_parallel_size = f.integer("decode_context_parallel_size", 1, 1024, 1);
  e.prefill_context_parallel_size = f.integer("prefill_context_parallel_size", 1, 1024, 1);
  e.enable_expert_parallel = f.flag("enable_expert_parallel");
  e.gpu_memory_utilization = f.number("gpu_memory_utilization", 0, 1);
  if (e.gpu_memory_utilization == 0.0) f.wrong("gpu_memory_utilization", "more than 0, at most 1");
  e.kv_cache_memory_bytes = f.integer("kv_cache_memory_bytes", 1, max_exact);
  e.max_num_batched_tokens = f.integer("max_num_batched_tokens", 1, max_size);
  e.max_num_seqs = f.integer("max_num_seqs", 1, max_size);
  e.block_size = f.integer("block_size", 1, 1 << 20);
  e.num_gpu_blocks_override = f.integer("num_gpu_blocks_override", 1, max_tokens);
  e.enforce_eager = f.flag("enforce_eager");
  e.language_model_only = f.flag("language_model_only");
  e.enable_lora = f.flag("enable_lora");
  e.max_loras = f.integer("max_loras", 1, 1024, 1);
  e.max_lora_rank = f.integer("max_lora_rank", 1, 4096, 16);
  e.disable_hybrid_kv_cache_manager = f.flag("disable_hybrid_kv_cache_manager");
  e.disable_sliding_window = f.flag("disable_sliding_window");
  e.skip_mm_profiling = f.flag("skip_mm_profiling");
  e.enable_prefix_caching = f.maybe_flag("enable_prefix_caching");
  e.enable_chunked_prefill = f.maybe_flag("enable_chunked_prefill");
  e.async_scheduling = f.maybe_flag("async_scheduling");
  e.performance_mode = f.choice("performance_mode", {"balanced", "interactivity", "throughput"});
  e.cpu_offload_gb = f.number("cpu_offload_gb", 0, 1 << 20).value_or(0);
  e.swap_space = f.number("swap_space", 0, 1 << 20).value_or(0);
  read_speculation(f, e);
  const ConfigReader limits = f.reader().object("limit_mm_per_prompt");
  e.mm_limits_zero = static_cast<bool>(limits);
  for (const std::string_view name : limits.names())
    e.mm_limits_zero &= !limits.object(name) && limits.integer(name, 0) == 0;
}

int capability_of(std::string_view text) {
  const std::size_t dot = text.find('.');
  int value = 0;
  if (dot == std::string_view::npos || dot + 2 != text.size()) return 0;
  for (const char c : text) {
    if (c == '.') continue;
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

void read_hardware(const Fields& f, Request& request) {
  Hardware& h = request.hardware;
  h.gpu = f.text("gpu").value_or("");
  if (!h.gpu.empty()) {
    const auto gpu = find_gpu(h.gpu);
    if (!gpu) return f.wrong("gpu", "a GPU of the catalogue; for another one give memory_bytes");
    set_gpu(h, *gpu);
  } else {
    h.vendor = "NVIDIA";
  }
  if (const auto bytes = f.integer("memory_bytes", 1, max_exact)) h.memory_bytes = *bytes;
  if (auto name = f.text("name")) h.name = std::move(*name);
  if (auto capability = f.text("compute_capability")) {
    h.capability_text = std::move(*capability);
    if (h.capability_text.starts_with("gfx")) h.vendor = "AMD";
    else if (capability_of(h.capability_text) == 0) f.wrong("compute_capability", "like \"9.0\" or \"gfx942\"");
  }
  h.capability = h.vendor == "NVIDIA" ? capability_of(h.capability_text) : 0;
  h.interconnect = f.text("interconnect").value_or("");
  const Engine& e = request.engine;
  const std::int64_t ranks = e.tensor_parallel_size * e.pipeline_parallel_size * e.data_parallel_size;
  h.gpus = f.integer("gpus", 1, 1 << 20, ranks);
  request.has_hardware = h.memory_bytes > 0;
  if (request.has_hardware && h.gpus < ranks)
    f.wrong("gpus", "at least " + std::to_string(ranks) + ": tensor × pipeline × data parallel ranks need a GPU each");
}

void read_release(const Fields& f, Request& request) {
  request.release = newest_release();
  const std::optional<std::string> text = f.text("vllm_version");
  if (!text) return;
  const std::optional<Release> release = parse_release(*text);
  if (!release) return f.wrong("vllm_version", "MAJOR.MINOR.PATCH, like " + to_string(newest_release()));
  if (*release < oldest_release())
    return f.wrong("vllm_version", to_string(oldest_release()) + " or newer; older releases are not covered");
  request.release = *release;
  if (!(newest_release() < *release)) return;
  request.release_is_newer = true;
  request.warnings.push_back(
      {"newer-release",
       "vLLM " + *text + " is newer than the newest known, " + to_string(newest_release()) + ": its rules are used.",
       "vllm_version"});
}

constexpr std::string_view top_fields[] = {"config",   "hf_quant_config", "known_model", "draft_config",
                                           "method",   "vllm_version",    "engine",      "hardware",
                                           "workload", "policy",          "sweep"};

}  // namespace

void set_gpu(Hardware& h, const Gpu& gpu) {
  h.gpu = gpu.id;
  h.name = gpu.name;
  h.memory_bytes = gpu.memory_bytes;
  h.capability_text = gpu.compute_capability;
  h.vendor = gpu.vendor;
  h.capability = h.vendor == "NVIDIA" ? capability_of(h.capability_text) : 0;
  h.sm_count = gpu.sm_count;
  h.unified_memory = gpu.memory == Gpu::Memory::unified;
  h.nominal_memory = gpu.confidence == Gpu::Confidence::nominal;
}

Result<Request> with_hardware(const Request& request, const ConfigReader& row) {
  Request other = request;
  const Fields fields(row);
  other.engine.tensor_parallel_size =
      fields.integer("tensor_parallel_size", 1, 1024, request.engine.tensor_parallel_size);
  other.engine.pipeline_parallel_size =
      fields.integer("pipeline_parallel_size", 1, 1024, request.engine.pipeline_parallel_size);
  other.hardware = {};
  read_hardware(fields, other);
  if (row.log().error) return *row.log().error;
  return other;
}

Result<Request> parse_request(std::string_view text) {
  Request request;
  Result<Document> document = parse_json(text, "request");
  if (!document) return document.error();
  request.document = std::move(*document);
  ReadLog log;
  log.field = "request";
  log.used.assign(request.document.nodes.size(), false);
  if (request.document.nodes[0].type != JsonNode::Type::object)
    return Diagnostic{"invalid-request", "A request is a JSON object.", {"request", {}, 1, 1}};
  const Fields top{ConfigReader(request.document, log)};
  for (const std::string_view name : top.reader().names())
    if (std::find(std::begin(top_fields), std::end(top_fields), name) == std::end(top_fields))
      request.warnings.push_back(
          {"unknown-field", "\"" + std::string(name) + "\" is no field of a request.", std::string(name)});
  request.config = top.text("config");
  request.hf_quant_config = top.text("hf_quant_config");
  request.known_model = top.text("known_model");
  request.draft_config = top.text("draft_config");
  const auto method = top.choice("method", {"auto", "vllm", "rule-of-thumb"});
  request.method = !method || *method == "auto" ? Method::automatic
                   : *method == "vllm"          ? Method::vllm
                                                : Method::rule_of_thumb;
  read_release(top, request);
  read_engine(Fields(top.reader().object("engine")), request);
  read_hardware(Fields(top.reader().object("hardware")), request);
  const Fields workload(top.reader().object("workload"));
  request.workload.prompt_tokens = workload.integer("prompt_tokens", 0, max_tokens, 512);
  request.workload.gen_tokens = workload.integer("gen_tokens", 0, max_tokens, 256);
  request.workload.concurrency = workload.integer("concurrency", 1, max_size, 1);
  request.workload.context_tokens = workload.integer("context_tokens", 1, max_tokens);
  const Fields policy(top.reader().object("policy"));
  request.policy.headroom_gb = policy.number("headroom_gb", 0, 1 << 20).value_or(1.0);
  request.policy.overhead_gb = policy.number("overhead_gb", 0, 1 << 20);
  request.policy.fragmentation_factor = policy.number("fragmentation_factor", 1, 100).value_or(1.15);
  request.policy.params_b = policy.number("params_b", 0, 1'000'000);
  if (request.policy.params_b == 0.0) policy.wrong("params_b", "more than 0");
  if (log.error) {
    log.error->where.field = log.error->where.key;
    log.error->where.key.clear();
    return *log.error;
  }
  return request;
}

}  // namespace vram_gauge
