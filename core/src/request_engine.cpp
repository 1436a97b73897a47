#include <algorithm>

#include "data/members.hpp"
#include "request_fields.hpp"
#include "speculation.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// Not modelled, but the model's modules or its cache may be others with them.
constexpr std::string_view unweighed_fields[] = {"additional_config",
                                                 "attention_backend",
                                                 "attention_config",
                                                 "cp_kv_cache_interleave_size",
                                                 "cpu_offload_params",
                                                 "dcp_q_replicate",
                                                 "enable_hc_sp",
                                                 "hf_config_path",
                                                 "kv_transfer_config",
                                                 "offload_backend",
                                                 "offload_group_size",
                                                 "replayssm_buffer_len",
                                                 "engram_config",
                                                 "kernel_config",
                                                 "linear_backend",
                                                 "mamba_block_size",
                                                 "kv_cache_dtype_skip_layers",
                                                 "mm_encoder_only",
                                                 "model_impl",
                                                 "moe_backend",
                                                 "model_class_overrides",
                                                 "swa_bounded_replay",
                                                 "use_replayssm",
                                                 "quantization_config",
                                                 "convert"};

// The same of speculative_config.
constexpr std::string_view unweighed_speculation[] = {"attention_backend", "draft_lm_head_quantization", "moe_backend"};

// What vLLM takes a draft model for, by its name (vllm/config/speculative.py:SpeculativeConfig.__post_init__).
std::string method_by_name(std::string_view model) {
  if (model.empty()) return {};
  if (model == "ngram" || model == "[ngram]") return "ngram";
  const std::string name = lower(model);
  if (contains(name, "eagle-")) return "eagle";
  for (const std::string_view method : {"eagle3", "dflash", "dspark"})
    if (contains(name, method)) return std::string(method);
  return "draft_model";
}

void read_speculation(const Fields& fields, Engine& engine) {
  const Fields speculation(fields.reader().object("speculative_config"));
  // Three of its members have a flag of their own.
  const auto text = [&](std::string_view key, std::string_view flag, std::string otherwise) {
    return speculation.text(key).value_or(fields.text(flag).value_or(std::move(otherwise)));
  };
  const auto tokens = speculation.integer("num_speculative_tokens", 1, 1024);
  engine.num_speculative_tokens = tokens.value_or(fields.integer("spec_tokens", 1, 1024).value_or(0));
  engine.draft_model = text("model", "spec_model", "");
  engine.speculative_method = text("method", "spec_method", method_by_name(engine.draft_model));
  engine.draft_quantization = speculation.text("quantization");
  engine.draft_kv_cache_dtype = speculation.text("kv_cache_dtype");
  engine.draft_max_model_len = speculation.integer("max_model_len", 1, max_tokens);
  engine.parallel_drafting = speculation.flag("parallel_drafting");
  engine.draft_tensor_parallel_size = speculation.integer("draft_tensor_parallel_size", 1, 1024);
  for (const std::string_view name : unweighed_speculation)
    if (speculation.reader().has(name)) name_unweighed("engine.speculative_config." + std::string(name), engine);
  const std::string& method = engine.speculative_method;
  if (!method.empty() && speculative_method(method).name.empty())
    name_unweighed("engine.speculative_config.method", engine);
  if (engine.draft_tensor_parallel_size.value_or(engine.tensor_parallel_size) != engine.tensor_parallel_size)
    name_unweighed("engine.speculative_config.draft_tensor_parallel_size", engine);
  // vllm/config/speculative.py:SpeculativeConfig.__post_init__
  if (engine.num_speculative_tokens == 0 && (!method.empty() || !speculation.reader().names().empty()))
    engine.unweighed.emplace_back(
        "Without num_speculative_tokens vLLM asks the drafter's config how many tokens it drafts; here nothing does.");
  engine.heterogeneous_vocabulary = speculation.flag("use_heterogeneous_vocab");
}

// `mode` of CUDA graphs where the optimization level decides it (vllm/config/vllm.py:OPTIMIZATION_LEVEL_00 …).
std::optional<std::string> mode_of_level(std::int64_t level) {
  if (level > 1) return std::nullopt;
  return level == 0 ? "NONE" : "PIECEWISE";
}

// They stand in compilation_config, or beside it.
void read_graphs(const Fields& fields, Engine& engine) {
  const Fields compilation(fields.reader().object("compilation_config"));
  for (const Fields* from : {&compilation, &fields}) {
    if (const auto size = from->integer("max_cudagraph_capture_size", 0, max_size))
      engine.max_cudagraph_capture_size = size;
    const std::vector<std::int64_t> sizes = from->reader().integers("cudagraph_capture_sizes", 1);
    if (!sizes.empty()) engine.cudagraph_capture_sizes = sizes;
  }
  engine.cudagraph_mode = compilation.choice(
      "cudagraph_mode", {"NONE", "PIECEWISE", "FULL", "FULL_DECODE_ONLY", "FULL_AND_PIECEWISE"}, true);
  if (const auto level = fields.integer("optimization_level", 0, 3); level && !engine.cudagraph_mode)
    engine.cudagraph_mode = mode_of_level(*level);
}

// What nobody has looked at.
void name_unknown(const ConfigReader& engine, Request& request) {
  for (const std::string_view name : engine.unread()) {
    const std::string path = "engine." + std::string(name);
    if (is_in(unweighed_fields, name)) name_unweighed(path, request.engine);
    else
      request.warnings.push_back(
          {"unknown-engine-argument", '"' + path + "\" is not modelled and changes nothing here.", path});
  }
}

}  // namespace

void name_unweighed(const std::string& path, Engine& engine) {
  engine.unweighed.push_back('"' + path + "\" is not modelled, and may change the weights or the KV cache.");
}

// Words of vLLM's command line that stand for no field here.
void read_unread(const Fields& top, Request& request) {
  for (const std::string_view word : top.reader().texts("unread_args")) {
    const std::size_t start = std::min(word.find_first_not_of('-'), word.size());
    if (start == 0) continue;
    std::string name(word.substr(start, word.find_first_of(".=") - start));
    std::replace(name.begin(), name.end(), '-', '_');
    if (name == "ac") name = "attention_config";
    if (is_in(unweighed_fields, name)) name_unweighed("engine." + name, request.engine);
    if (has_word(read_fields, name))
      request.engine.unweighed.push_back('"' + std::string(word.substr(0, word.find('='))) +
                                         "\" has a value that can't be read: it counts as not given.");
  }
}

void read_engine(const Fields& f, Request& request) {
  Engine& e = request.engine;
  e.dtype = f.choice(
      "dtype", {"auto", "half", "float16", "fp16", "bfloat16", "bf16", "float", "float32", "fp32", "int8", "fp8"});
  e.quantization = f.text("quantization");
  e.runner = f.choice("runner", {"auto", "generate", "pooling"});
  e.usage_context = f.choice("usage_context", {"OPENAI_API_SERVER", "LLM_CLASS", "ENGINE_CONTEXT"});
  // Read in 0.16.0 and newer.
  if (e.usage_context && e.usage_context != "OPENAI_API_SERVER" && request.release < Release{16, 0})
    name_unweighed("engine.usage_context", e);
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
  e.enable_eplb = f.flag("enable_eplb");
  // Beside it in releases up to 0.10.
  for (const Fields& from : {Fields(f.reader().object("eplb_config")), f})
    e.num_redundant_experts = from.integer("num_redundant_experts", 0, max_size, e.num_redundant_experts);
  e.gpu_memory_utilization = f.number("gpu_memory_utilization", 0, 1);
  if (e.gpu_memory_utilization == 0.0) f.wrong("gpu_memory_utilization", "more than 0, at most 1");
  e.kv_cache_memory_bytes = f.integer("kv_cache_memory_bytes", 1, max_exact);
  e.max_num_batched_tokens = f.integer("max_num_batched_tokens", 1, max_size);
  e.max_num_seqs = f.integer("max_num_seqs", 1, max_size);
  e.block_size = f.integer("block_size", 1, 1 << 20);
  e.num_gpu_blocks_override = f.integer("num_gpu_blocks_override", 1, max_tokens);
  e.enforce_eager = f.flag("enforce_eager");
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
  e.mm_encoder_tp_mode = f.choice("mm_encoder_tp_mode", {"weights", "data"});
  e.mamba_cache_mode = f.choice("mamba_cache_mode", {"all", "align", "none"});
  e.mamba_cache_dtype = f.choice("mamba_cache_dtype", {"auto", "float32", "float16", "bfloat16"});
  e.mamba_ssm_cache_dtype = f.choice("mamba_ssm_cache_dtype", {"auto", "float32", "float16", "bfloat16"});
  e.hf_overrides = f.reader().json("hf_overrides");
  read_speculation(f, e);
  read_graphs(f, e);
  const ConfigReader limits = f.reader().object("limit_mm_per_prompt");
  e.mm_limits_zero = !limits.names().empty();
  for (const std::string_view name : limits.names()) {
    const bool zero = (limits.is_object(name) ? limits.object(name).integer("count", 1) : limits.integer(name, 0)) == 0;
    e.mm_limits_zero &= zero;
    if (zero) e.shut_out |= name == "image" ? images : name == "video" ? videos : name == "audio" ? audio_clips : 0;
    if (zero && name == "vision_chunk") e.shut_out |= other_items;
  }
  if (f.flag("language_model_only")) e.shut_out = all_items, e.mm_limits_zero = true;
  name_unknown(f.reader(), request);
  name_unknown_members(f, request);
}

}  // namespace vram_gauge
