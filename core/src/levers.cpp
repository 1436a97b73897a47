#include "levers.hpp"

#include <algorithm>
#include <iterator>

#include "data/gpus.hpp"
#include "format.hpp"

namespace vram_gauge {
namespace {

Change whole(std::string_view group, std::string_view field, std::int64_t value) {
  return {group, field, Change::Kind::integer, value, 0, {}};
}
Change named(std::string_view group, std::string_view field, std::string_view value) {
  return {group, field, Change::Kind::text, 0, 0, std::string(value)};
}

class Levers {
 public:
  Levers(const Request& request, const Trial& now) : request_(request), engine_(request.engine), now_(now) {}

  std::vector<Lever> all() {
    lower_context();
    shorter_workload();
    fp8_cache();
    higher_utilization();
    fewer_sequences();
    smaller_batch();
    eager();
    fp8_weights();
    more_gpus();
    fewer_ranks();
    return std::move(levers_);
  }

 private:
  void add(std::string_view id, std::string message, std::vector<Change> changes, int cost, bool hardware = false) {
    levers_.push_back({id, std::move(message), std::move(changes), cost, hardware});
  }

  // What has to be free beside the workload so that it fits even with the least of the band.
  std::int64_t slack() const {
    return static_cast<std::int64_t>(request_.policy.headroom_gb * static_cast<double>(GiB.count)) +
           now_.verdict.headroom - now_.verdict.headroom_low;
  }
  // `tokens` less what the slack takes, `sequences` at once; as a round number.
  std::int64_t shortened(std::int64_t tokens, std::int64_t sequences, std::int64_t round) const {
    const std::int64_t each = std::max<std::int64_t>(1, now_.bytes_per_token * sequences);
    return (tokens - (now_.bytes_per_token > 0 ? slack() / each : 0)) / round * round;
  }

  // To a length that fits; the workload must not ask for more than that.
  void lower_context() {
    const std::int64_t fits = now_.max_model_len_that_fits;
    if (now_.refused || fits <= 0 || fits >= now_.max_model_len) return;
    const std::int64_t length = shortened(fits, 1, 1024);
    if (length < 1024) return;
    std::vector<Change> changes = {whole("engine", "max_model_len", length)};
    if (request_.workload.context_tokens.value_or(0) > length)
      changes.push_back(whole("workload", "context_tokens", length));
    add("lower-context", "Lower --max-model-len to " + grouped(length) + ": longer requests are rejected.",
        std::move(changes), 4);
  }

  // Fewer or shorter requests at once, where vLLM starts as it is.
  void shorter_workload() {
    const Verdict& v = now_.verdict;
    const std::int64_t concurrency = request_.workload.concurrency,
                       context = request_.workload.context_tokens.value_or(now_.max_model_len);
    if (now_.refused || v.starts < Starts::likely || v.kv_used < concurrency) return;
    const std::int64_t at_once =
        std::min(v.max_concurrency_at_context, (v.headroom + v.kv_used - slack()) / (v.kv_used / concurrency));
    if (at_once >= 1 && at_once < concurrency)
      add("fewer-at-once", "Let " + grouped(at_once) + " requests run at once; vLLM queues the others.",
          {whole("workload", "concurrency", at_once)}, 4);
    const std::int64_t length = shortened(std::min(v.max_context_at_concurrency, context), concurrency, 256);
    if (length >= 256 && length < context)
      add("shorter-requests", "Keep requests to " + grouped(length) + " tokens each.",
          {whole("workload", "context_tokens", length)}, 5);
  }

  void fp8_cache() {
    const std::string current = engine_.kv_cache_dtype.value_or("auto");
    if (current != "auto" && current != "bfloat16" && current != "bf16" && current != "float16" && current != "fp16" &&
        current != "half")
      return;
    add("kv-cache-fp8",
        "Store the KV cache in fp8 (--kv-cache-dtype fp8): half the bytes a token, slightly less exact attention.",
        {named("engine", "kv_cache_dtype", "fp8")}, 2);
  }

  // As high as what lives outside the budget allows, with a little to spare.
  void higher_utilization() {
    if (engine_.kv_cache_memory_bytes || request_.hardware.memory_bytes <= 0 || request_.hardware.unified_memory)
      return;
    const std::int64_t outside = now_.outside + now_.outside / 4;
    const double spare = static_cast<double>(outside) / static_cast<double>(request_.hardware.memory_bytes);
    const auto percent = static_cast<std::int64_t>(std::min(0.97, 1.0 - spare) * 100.0);
    if (static_cast<double>(percent) <= now_.gpu_memory_utilization * 100.0 + 0.5) return;
    const double value = static_cast<double>(percent) / 100.0;
    add("higher-utilization",
        "Raise --gpu-memory-utilization to " + thousandths(percent * 10) +
            ": less is left for other programs and for graphs outside the budget.",
        {{"engine", "gpu_memory_utilization", Change::Kind::number, 0, value, {}}}, 1);
  }

  void fewer_sequences() {
    const std::int64_t value = std::max<std::int64_t>(request_.workload.concurrency, 64);
    if (now_.max_num_seqs <= value) return;
    add("fewer-sequences",
        "Lower --max-num-seqs to " + grouped(value) +
            ": the sampler's memory and the CUDA graphs shrink, at most that many run at once.",
        {whole("engine", "max_num_seqs", value)}, 2);
  }

  void smaller_batch() {
    if (now_.max_num_batched_tokens <= 2048) return;
    add("smaller-batch", "Lower --max-num-batched-tokens to 2,048: long prompts take more steps.",
        {whole("engine", "max_num_batched_tokens", 2048)}, 2);
  }

  void eager() {
    if (!now_.graphs) return;
    add("enforce-eager", "Run without CUDA graphs (--enforce-eager): slower decoding.",
        {{"engine", "enforce_eager", Change::Kind::flag, 1, 0, {}}}, 5);
  }

  void fp8_weights() {
    const int capability = request_.hardware.capability;
    if (engine_.quantization || (capability > 0 && capability < 75)) return;
    add("weights-fp8",
        "Quantize the weights to fp8 while loading (--quantization fp8), or serve an fp8 checkpoint: half the weights.",
        {named("engine", "quantization", "fp8")}, 6);
  }

  void more_gpus() {
    const std::int64_t tp = engine_.tensor_parallel_size, pp = engine_.pipeline_parallel_size,
                       dp = engine_.data_parallel_size;
    for (const std::int64_t factor : {2, 4, 8}) {
      const std::int64_t ranks = tp * factor * pp * dp;
      if (tp * factor > 16) break;
      add("more-tensor-parallel",
          "Divide the model over " + grouped(tp * factor) + " GPUs (--tensor-parallel-size " +
              std::to_string(tp * factor) + ").",
          with_gpus("tensor_parallel_size", tp * factor, ranks),
          ranks <= request_.hardware.gpus ? 3 : 7 + static_cast<int>(factor) / 4, ranks > request_.hardware.gpus);
    }
    const std::int64_t ranks = tp * pp * 2 * dp;
    add("more-pipeline-parallel",
        "Put half of the layers on a second GPU (--pipeline-parallel-size " + std::to_string(pp * 2) +
            "): works without fast links.",
        with_gpus("pipeline_parallel_size", pp * 2, ranks), ranks <= request_.hardware.gpus ? 4 : 8,
        ranks > request_.hardware.gpus);
  }

  // Where vLLM refuses the layout itself: heads that don't divide, say.
  void fewer_ranks() {
    if (!now_.refused) return;
    for (const std::int64_t tp : {16, 12, 8, 7, 6, 5, 4, 3, 2, 1})
      if (tp < engine_.tensor_parallel_size)
        add("fewer-tensor-parallel",
            tp == 1
                ? std::string("Run the model on one GPU (--tensor-parallel-size 1).")
                : "Divide the model over " + grouped(tp) + " GPUs (--tensor-parallel-size " + std::to_string(tp) + ").",
            {whole("engine", "tensor_parallel_size", tp)}, 3);
  }

  std::vector<Change> with_gpus(std::string_view field, std::int64_t value, std::int64_t ranks) const {
    return {whole("engine", field, value), whole("hardware", "gpus", std::max(ranks, request_.hardware.gpus))};
  }

  const Request& request_;
  const Engine& engine_;
  const Trial& now_;
  std::vector<Lever> levers_;
};

void set_engine(Engine& engine, const Change& change) {
  if (change.field == "max_model_len") engine.max_model_len = change.integer;
  else if (change.field == "kv_cache_dtype") engine.kv_cache_dtype = change.text;
  else if (change.field == "quantization") engine.quantization = change.text;
  else if (change.field == "gpu_memory_utilization") engine.gpu_memory_utilization = change.number;
  else if (change.field == "max_num_seqs") engine.max_num_seqs = change.integer;
  else if (change.field == "max_num_batched_tokens") engine.max_num_batched_tokens = change.integer;
  else if (change.field == "enforce_eager") engine.enforce_eager = change.integer != 0;
  else if (change.field == "tensor_parallel_size") engine.tensor_parallel_size = change.integer;
  else if (change.field == "pipeline_parallel_size") engine.pipeline_parallel_size = change.integer;
}

void set_hardware(Request& request, const Change& change) {
  if (change.field == "gpus") request.hardware.gpus = change.integer;
  else if (const auto gpu = find_gpu(change.text)) set_gpu(request.hardware, *gpu);
}

}  // namespace

std::vector<Lever> levers_for(const Request& request, const Trial& now) { return Levers(request, now).all(); }

std::optional<Lever> sufficient_gpu(const Request& request, const Evaluator& evaluator) {
  std::vector<Gpu> larger;
  for (const Gpu& gpu : gpus())
    if (gpu.vendor == request.hardware.vendor && gpu.memory == Gpu::Memory::own &&
        gpu.memory_bytes > request.hardware.memory_bytes)
      larger.push_back(gpu);
  std::stable_sort(larger.begin(), larger.end(),
                   [](const Gpu& a, const Gpu& b) { return a.memory_bytes < b.memory_bytes; });
  std::int64_t tried = 0;
  Request other = request;
  for (const Gpu& gpu : larger) {
    if (gpu.memory_bytes < tried + tried / 16) continue;  // another card of the same size says nothing new
    tried = gpu.memory_bytes;
    set_gpu(other.hardware, gpu);
    const Trial trial = evaluator.run(evaluator.context, other);
    if (!trial.refused && trial.verdict.fits)
      return Lever{"bigger-gpu",
                   "Use a GPU with more memory: " + std::string(gpu.name) + ".",
                   {named("hardware", "gpu", gpu.id)},
                   9,
                   true};
  }
  return std::nullopt;
}

std::optional<Lever> serving_release(const Request& request, const Evaluator& evaluator) {
  const auto all = known_releases();
  const auto newer =
      std::find_if(all.begin(), all.end(), [&](const KnownRelease& one) { return one.release > request.release; });
  const auto serves = [&](const KnownRelease& one) {
    Request other = request;
    other.release = one.release;
    return !evaluator.run(evaluator.context, other).refused;
  };
  auto found = std::find_if(newer, all.end(), serves);
  if (found == all.end()) {
    const auto older = std::find_if(std::make_reverse_iterator(newer), all.rend(), serves);
    if (older == all.rend()) return std::nullopt;
    found = std::prev(older.base());
  }
  const std::string version = to_string(found->release);
  return Lever{"other-release",
               "Use vLLM " + version + ", the nearest release that runs this.",
               {named("", "vllm_version", version)},
               3};
}

Request with(const Request& request, const std::vector<Change>& changes) {
  Request other = request;
  for (const Change& change : changes) {
    if (change.field == "vllm_version") other.release = *parse_release(change.text);
    else if (change.group == "engine") set_engine(other.engine, change);
    else if (change.group == "hardware") set_hardware(other, change);
    else if (change.field == "concurrency") other.workload.concurrency = change.integer;
    else other.workload.context_tokens = change.integer;
  }
  return other;
}

}  // namespace vram_gauge
