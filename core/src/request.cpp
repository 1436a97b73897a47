#include "request.hpp"

#include "data/gpus.hpp"
#include "request_fields.hpp"

namespace vram_gauge {
namespace {

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
                                           "workload", "policy",          "unread_args", "sweep"};

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
    if (!is_in(top_fields, name))
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
  read_unread(top, request);
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
