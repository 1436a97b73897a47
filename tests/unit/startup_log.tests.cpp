#include <cmath>

#include "catch.hpp"
#include "startup_log.hpp"

using namespace vram_gauge;

namespace {

double gib_of(const std::optional<std::int64_t>& bytes) {
  return bytes ? static_cast<double>(*bytes) / 1073741824.0 : -1e9;
}
bool near(const std::optional<std::int64_t>& bytes, double gib) { return std::abs(gib_of(bytes) - gib) < 1e-6; }

std::string setting(const LogFacts& facts, std::string_view field) {
  for (const LogSetting& one : facts.settings)
    if (one.field == field) return one.json;
  return "";
}

constexpr std::string_view start_0_19 = R"(
INFO 04-20 10:00:00 [utils.py:233] non-default args: {'model_tag': 'meta-llama/Llama-3.3-70B', 'model': 'meta-llama/Llama-3.3-70B', 'max_model_len': 8192, 'tensor_parallel_size': 2, 'gpu_memory_utilization': 0.95, 'enforce_eager': False, 'limit_mm_per_prompt': {'image': 0, 'video': 2}, 'speculative_config': {'method': 'mtp', 'num_speculative_tokens': 3}}
INFO 04-20 10:00:01 [model.py:549] Resolved architecture: LlamaForCausalLM
INFO 04-20 10:00:01 [model.py:1678] Using max model len 8192
INFO 04-20 10:00:01 [scheduler.py:238] Chunked prefill is enabled with max_num_batched_tokens=8192.
INFO 04-20 10:00:02 [core.py:105] Initializing a V1 LLM engine (v0.19.0) with config: model='meta-llama/Llama-3.3-70B', speculative_config=None, tokenizer='meta-llama/Llama-3.3-70B', dtype=torch.bfloat16, max_seq_len=8192, tensor_parallel_size=2, pipeline_parallel_size=1, quantization=compressed-tensors, enforce_eager=False, kv_cache_dtype=auto, seed=0, enable_prefix_caching=True, enable_chunked_prefill=True, compilation_config={'level': 3, 'cudagraph_capture_sizes': [1, 2, 4]}
(Worker_TP0 pid=1) INFO [gpu_model_runner.py:4820] Model loading took 33.88 GiB memory and 54.254199 seconds
(Worker_TP0 pid=1) INFO [gpu_model_runner.py:5955] Estimated CUDA graph memory: 1.82 GiB total
(Worker_TP0 pid=1) DEBUG [gpu_worker.py:425] Initial free memory: 78.66 GiB; Requested memory: 0.950000 (util), 75.23 GiB
(Worker_TP0 pid=1) DEBUG [gpu_worker.py:435] Memory profiling takes 50.75 seconds. Total non KV cache memory: 37.95GiB; torch peak memory increase: 1.96GiB; non-torch forward increase memory: 2.1GiB; weights memory: 33.88GiB.
(Worker_TP0 pid=1) INFO [gpu_worker.py:436] Available KV cache memory: 37.28 GiB
(Worker_TP1 pid=2) INFO [gpu_worker.py:436] Available KV cache memory: 37.29 GiB
(EngineCore pid=3) INFO [kv_cache_utils.py:1319] GPU KV cache size: 244,304 tokens
(EngineCore pid=3) INFO [kv_cache_utils.py:1324] Maximum concurrency for 8,192 tokens per request: 29.82x
(Worker_TP0 pid=1) INFO [gpu_model_runner.py:6046] Graph capturing finished in 13 secs, took 1.79 GiB
(Worker_TP0 pid=1) INFO [gpu_worker.py:597] CUDA graph pool memory: 1.79 GiB (actual), 1.82 GiB (estimated), difference: 0.03 GiB (1.7%).
)";

}  // namespace

TEST_CASE("start-up log of 0.19: figures", "[log]") {
  const LogFacts facts = read_startup_log(start_0_19);
  const LogFigures& f = facts.figures;
  CHECK(near(f.loaded, 33.88));
  CHECK(near(f.available_kv, 37.28));  // the rank with the least
  CHECK(near(f.activation, 1.96));
  CHECK(near(f.non_torch, 2.1));
  CHECK(near(f.cuda_graph, 1.79));
  CHECK(near(f.cuda_graph_estimated, 1.82));
  CHECK(near(f.free, 78.66));
  CHECK(near(f.requested, 75.23));
  CHECK(f.kv_tokens == 244304);
  CHECK(f.max_concurrency == 29.82);
  CHECK(f.max_concurrency_at == 8192);
  CHECK(f.utilization == 0.95);
  CHECK(facts.outcome == LogFacts::Outcome::started);
  CHECK_FALSE(facts.v2_runner);
}

TEST_CASE("start-up log of 0.19: settings", "[log]") {
  const LogFacts facts = read_startup_log(start_0_19);
  CHECK(facts.version == "0.19.0");
  CHECK(facts.model == "meta-llama/Llama-3.3-70B");
  CHECK(facts.architecture == "LlamaForCausalLM");
  CHECK(setting(facts, "max_model_len") == "8192");
  CHECK(setting(facts, "tensor_parallel_size") == "2");
  CHECK(setting(facts, "gpu_memory_utilization") == "0.95");
  CHECK(setting(facts, "max_num_batched_tokens") == "8192");
  CHECK(setting(facts, "enforce_eager") == "false");
  CHECK(setting(facts, "dtype") == "\"bfloat16\"");
  CHECK(setting(facts, "quantization") == "\"compressed-tensors\"");
  CHECK(setting(facts, "enable_prefix_caching") == "true");
  CHECK(setting(facts, "limit_mm_per_prompt") == "{\"image\":0,\"video\":2}");
  CHECK(setting(facts, "speculative_config") == "{\"method\":\"mtp\",\"num_speculative_tokens\":3}");
  const std::string json = startup_log_json(facts);
  CHECK(json.find("\"request\":{\"vllm_version\":\"0.19.0\",\"engine\":{") != json.npos);
  CHECK(json.find("\"outcome\":\"started\"") != json.npos);
}

TEST_CASE("the last line of 0.27 and later", "[log]") {
  const LogFacts facts = read_startup_log(
      "INFO [gpu_worker.py:789] Free memory on device (78.1/79.25 GiB) on startup. Desired GPU memory utilization is "
      "(0.92, 72.91 "
      "GiB). Actual usage is 25.86 GiB for consumed memory (weights + non-torch), 2.32 GiB for peak activation, and "
      "1.01 GiB for "
      "CUDAGraph memory. Replace gpu_memory_utilization config with `--kv-cache-memory=46793721856` (43.58 GiB) to fit "
      "into requested "
      "memory, or `--kv-cache-memory=52366583808` (48.77 GiB) to fully utilize gpu memory. Current kv cache memory in "
      "use is 44.73 GiB.\n"
      "INFO GPU KV cache size: 394,633 tokens, Maximum concurrency for 10,240 tokens per request: 38.54x\n");
  const LogFigures& f = facts.figures;
  CHECK(near(f.total, 79.25));
  CHECK(near(f.free, 78.1));
  CHECK(near(f.requested, 72.91));
  CHECK(f.utilization == 0.92);
  CHECK(near(f.consumed, 25.86));
  CHECK(near(f.activation, 2.32));
  CHECK(near(f.cuda_graph, 1.01));
  CHECK(near(f.available_kv, 44.73));
  CHECK_FALSE(f.loaded);
  CHECK(f.kv_tokens == 394633);
  CHECK(f.max_concurrency == 38.54);
}

TEST_CASE("older wordings", "[log]") {
  const LogFigures v0 = read_startup_log(
                            "INFO worker.py:241] the current vLLM instance can use total_gpu_memory (44.52GiB) x "
                            "gpu_memory_utilization (0.90) = 40.07GiB\n"
                            "INFO worker.py:241] model weights take 2.89GiB; non_torch_memory takes 0.23GiB; PyTorch "
                            "activation peak memory takes 1.40GiB; the "
                            "rest of the memory reserved for KV Cache is 35.55GiB.\n"
                            "INFO gpu_executor.py:76] # GPU blocks: 83208, # CPU blocks: 9362\n"
                            "INFO gpu_executor.py:80] Maximum concurrency for 4096 tokens per request: 325.03x\n")
                            .figures;
  CHECK(near(v0.total, 44.52));
  CHECK(v0.utilization == 0.9);
  CHECK(near(v0.requested, 40.07));
  CHECK(near(v0.loaded, 2.89));
  CHECK(near(v0.non_torch, 0.23));
  CHECK(near(v0.activation, 1.40));
  CHECK(near(v0.available_kv, 35.55));
  CHECK(v0.kv_blocks == 83208);
  CHECK(v0.max_concurrency == 325.03);

  const LogFigures early = read_startup_log(
                               "INFO model_runner.py:1099] Loading model weights took 2.8875 GB\n"
                               "Memory profiling results: total_gpu_memory=7.92GiB initial_memory_usage=3.09GiB "
                               "non_torch_memory=0.47GiB kv_cache_size=3.54GiB gpu_memory_utilization=0.90\n")
                               .figures;
  CHECK(near(early.loaded, 2.8875));  // printed as GB, means GiB
  CHECK(near(early.total, 7.92));
  CHECK(near(early.available_kv, 3.54));

  CHECK(near(read_startup_log("Estimated CUDA graph memory: -0.81 GiB total").figures.cuda_graph_estimated, -0.81));
  CHECK(near(read_startup_log("Available KV cache memory: -2.14 GiB").figures.available_kv, -2.14));
}

TEST_CASE("a start that was refused", "[log]") {
  const LogFacts small = read_startup_log(
      "Available KV cache memory: 3.97 GiB\nValueError: To serve at least one request with the model's max seq len "
      "(131072), (16.00 GiB KV "
      "cache is needed, which is larger than the available KV cache memory (3.97 GiB). Based on the available memory, "
      "the estimated "
      "maximum model length is 32512. Try increasing `gpu_memory_utilization` or decreasing `max_model_len`.");
  CHECK(small.outcome == LogFacts::Outcome::kv_cache_too_small);
  CHECK(near(small.figures.kv_needed, 16.0));
  CHECK(small.figures.needed_for_tokens == 131072);
  CHECK(small.figures.estimated_max_model_len == 32512);
  CHECK(near(small.figures.available_kv, 3.97));
  CHECK(startup_log_json(small).find("one request of 131,072 tokens needs 16.00 GiB") != std::string::npos);

  CHECK(
      read_startup_log("ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization`")
          .outcome == LogFacts::Outcome::no_kv_memory);
  const LogFacts busy = read_startup_log(
      "ValueError: Free memory on device cuda:0 (20.11/79.25 GiB) on startup is less than desired GPU "
      "memory utilization (0.9, 71.33 GiB). Decrease GPU memory utilization");
  CHECK(busy.outcome == LogFacts::Outcome::free_memory_too_low);
  CHECK(near(busy.figures.free, 20.11));
  CHECK(near(busy.figures.requested, 71.33));
}

TEST_CASE("an out-of-memory traceback", "[log]") {
  const LogFacts facts =
      read_startup_log(R"(INFO [gpu_model_runner.py:4820] Model loading took 14.99 GiB memory and 3.0 seconds
INFO [gpu_worker.py:436] Available KV cache memory: 55.09 GiB
INFO [kv_cache_utils.py:1319] GPU KV cache size: 451,312 tokens
Traceback (most recent call last):
  File "vllm/v1/worker/gpu_worker.py", line 500, in compile_or_warm_up_model
    cuda_graph_memory_bytes = self.model_runner.capture_model()
torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.06 GiB. GPU 0 has a total capacity of 79.25 GiB of which 37.06 MiB is free. Process 4242 has 8.00 GiB memory in use. Including non-PyTorch memory, this process has 71.15 GiB memory in use. Of the allocated memory 70.23 GiB is allocated by PyTorch, with 41.88 MiB allocated in private pools (e.g., CUDA Graphs), and 212.50 MiB is reserved by PyTorch but unallocated.)");
  CHECK(facts.outcome == LogFacts::Outcome::out_of_memory);
  CHECK(facts.phase == LogFacts::Phase::graph_capture);
  CHECK(near(facts.oom.tried, 1.06));
  CHECK(near(facts.oom.total, 79.25));
  CHECK(near(facts.oom.free, 37.06 / 1024));
  CHECK(near(facts.oom.process, 71.15));
  CHECK(near(facts.oom.allocated, 70.23));
  CHECK(near(facts.oom.graph_pools, 41.88 / 1024));
  CHECK(near(facts.oom.reserved, 212.5 / 1024));
  const std::string json = startup_log_json(facts);
  CHECK(json.find("while capturing CUDA graphs") != json.npos);
  CHECK(json.find("Other processes hold 8.06 GiB") != json.npos);

  const LogFacts loading = read_startup_log(
      "Starting to load model x/y...\nTraceback\n in load_model\ntorch.OutOfMemoryError: CUDA out of memory. Tried to "
      "allocate 20.00 MiB.");
  CHECK(loading.phase == LogFacts::Phase::loading);
}

TEST_CASE("of several starts in a log the last counts", "[log]") {
  const LogFacts facts = read_startup_log(
      "vLLM API server version 0.18.0\nInitializing a V1 LLM engine (v0.18.0) with config: model='a', x\n"
      "Available KV cache memory: 1.00 GiB\n"
      "vLLM API server version 0.19.0\nInitializing a V1 LLM engine (v0.19.0) with config: model='b', x\n"
      "Available KV cache memory: 2.00 GiB\n");
  CHECK(facts.version == "0.19.0");
  CHECK(facts.model == "b");
  CHECK(near(facts.figures.available_kv, 2.0));
}

TEST_CASE("text that is no log says nothing", "[log]") {
  for (const std::string_view text :
       {"", "hello", "Model loading took", "Free memory on device (", "non-default args: {'a",
        "# GPU blocks:", "Desired GPU memory utilization is (0.9", " for weight,", "\n\n\n"}) {
    const LogFacts facts = read_startup_log(text);
    CHECK(facts.outcome == LogFacts::Outcome::unknown);
    CHECK_FALSE(facts.figures.loaded);
    CHECK(facts.settings.empty());
    CHECK_FALSE(startup_log_json(facts).empty());
  }
}
