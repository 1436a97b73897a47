// The request of README's "One request, one report", checked: every value is of its type and in its range, or the
// error names the field. An absent or null field stays empty and takes vLLM's default later.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config_reader.hpp"
#include "drafting.hpp"
#include "releases/releases.hpp"

namespace vram_gauge {

struct Engine {
  std::optional<std::string> dtype, quantization, kv_cache_dtype, performance_mode;
  std::optional<std::string> runner;          // auto, generate, pooling
  std::optional<std::string> usage_context;   // what starts it: OPENAI_API_SERVER, LLM_CLASS, ENGINE_CONTEXT
  std::optional<std::int64_t> max_model_len;  // -1 = as long as fits ("auto")
  std::int64_t tensor_parallel_size = 1, pipeline_parallel_size = 1, data_parallel_size = 1;
  std::int64_t decode_context_parallel_size = 1, prefill_context_parallel_size = 1;
  bool enable_eplb = false;  // load balancing of experts, with so many of them held twice
  std::int64_t num_redundant_experts = 0;
  bool enable_expert_parallel = false, enforce_eager = false, enable_lora = false;
  std::uint8_t shut_out = 0;  // Items that no prompt may have: limit_mm_per_prompt of 0, language_model_only
  bool disable_hybrid_kv_cache_manager = false, disable_sliding_window = false, skip_mm_profiling = false;
  std::optional<bool> enable_prefix_caching, enable_chunked_prefill, async_scheduling;
  std::optional<double> gpu_memory_utilization;
  std::optional<std::int64_t> kv_cache_memory_bytes, max_num_batched_tokens, max_num_seqs, block_size,
      num_gpu_blocks_override;
  std::int64_t max_loras = 1, max_lora_rank = 16;
  double cpu_offload_gb = 0, swap_space = 0;
  std::optional<std::string> mamba_cache_dtype, mamba_ssm_cache_dtype, mamba_cache_mode, mm_encoder_tp_mode;
  std::optional<std::string> cudagraph_mode;
  std::optional<std::int64_t> max_cudagraph_capture_size;
  std::vector<std::int64_t> cudagraph_capture_sizes;  // empty = vLLM's
  std::string hf_overrides;                           // as JSON, "" = none
  bool mm_limits_zero = false;                        // limit_mm_per_prompt names only zeros
  std::int64_t num_speculative_tokens = 0;            // speculative_config
  std::string speculative_method, draft_model;
  std::optional<std::string> draft_quantization, draft_kv_cache_dtype;
  std::optional<std::int64_t> draft_max_model_len, draft_tensor_parallel_size;
  bool parallel_drafting = false, heterogeneous_vocabulary = false;
  std::vector<std::string> unweighed;  // arguments given that change the module tree or the cache in ways not modelled
};

// One GPU; tensor, pipeline and data parallel ranks each have one of them.
struct Hardware {
  std::string gpu;   // catalogue id, or ""
  std::string name;  // as the driver prints it
  std::int64_t memory_bytes = 0;
  int capability = 0;  // 10 × major + minor, 90 for "9.0"; 0 = unknown or not CUDA
  std::string capability_text;
  std::string vendor;
  int sm_count = 0;
  bool unified_memory = false, nominal_memory = false;
  std::int64_t gpus = 1;
  std::string interconnect;
};

struct Workload {
  std::int64_t prompt_tokens = 512, gen_tokens = 256, concurrency = 1;
  std::optional<std::int64_t> context_tokens;
};

struct Policy {
  double headroom_gb = 1.0, fragmentation_factor = 1.15;
  std::optional<double> overhead_gb, params_b;
};

enum class Method : std::uint8_t { automatic, vllm, rule_of_thumb };

class ParsedModel;

struct Request {
  std::optional<std::string> config, hf_quant_config, known_model, draft_config;
  std::shared_ptr<const ParsedModel> draft;  // of draft_config, or of the catalogue's model that the engine names
  Drafting drafting;                         // where the model asked about is itself the drafter
  Method method = Method::automatic;
  Release release;
  bool release_is_newer = false;  // than the newest known: answered by the newest rules, as an estimate
  Engine engine;
  Hardware hardware;
  bool has_hardware = false;
  Workload workload;
  Policy policy;
  std::vector<Note> warnings;
  Document document;  // the request's own JSON, for the sweep's axes
};

Result<Request> parse_request(std::string_view text);

// Everything about one GPU of the catalogue but how many there are.
struct Gpu;
void set_gpu(Hardware& hardware, const Gpu& gpu);

// The request on other hardware: `row` names gpu or memory_bytes, gpus, and the parallel sizes, as a sweep's axis does.
Result<Request> with_hardware(const Request& request, const ConfigReader& row);

}  // namespace vram_gauge
