#include <algorithm>

#include "runtime_parts.hpp"
#include "speculation.hpp"
#include "weights.hpp"

namespace vram_gauge {
namespace {

// Zero-filled slots of every supported linear, per logical shard: rank × (input + output), times max_loras
// (vllm/lora/layers/base_linear.py; experts: vllm/lora/layers/fused_moe.py).
std::int64_t lora_elements(const Module& module, const BudgetInput& in) {
  if (module.role == Role::vision || module.role == Role::audio || module.role == Role::projector) return 0;
  const std::int64_t rank = in.request.engine.max_lora_rank;
  if (module.kind == Module::Kind::linear && module.dims.size() >= 2) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i + 1 < module.dims.size(); ++i)
      sum += rank * (share(module.dims.back(), in.tp()) + share(module.dims[i], in.tp()));
    return sum * module.repeat;
  }
  if (module.kind == Module::Kind::experts && module.dims.size() == 3) {
    const std::int64_t ranks =
        in.request.engine.enable_expert_parallel ? in.tp() * in.request.engine.data_parallel_size : 1;
    const std::int64_t inner = in.shape.expert_inner, slices = module.gated ? 3 : 2;
    return ceil_div(module.dims[0].whole(), ranks) * slices * rank * (inner + in.shape.hidden);
  }
  return 0;
}

std::int64_t lora_bytes(const BudgetInput& in, Rank rank) {
  const auto [first, last] = stage_layers(in.model.sizes.layers, in.request.engine.pipeline_parallel_size, rank.pp);
  std::int64_t elements = 0;
  for (const Layer& layer : in.model.layers) {
    const std::int64_t count = count_between(layer, first, last);
    for (const Module& module : layer.modules) elements += count * lora_elements(module, in);
  }
  return elements * in.request.engine.max_loras * size_of(in.resolved.dtype);
}

void add_lora(const BudgetInput& in, Rank rank, Budget& budget) {
  if (!in.request.engine.enable_lora) return;
  const std::int64_t bytes = lora_bytes(in, rank);
  budget.terms.push_back(
      {"lora",
       bytes,
       bytes * 9 / 10,
       bytes * 11 / 10,
       "max_loras × max_lora_rank × Σ (input + output) × dtype_size",
       {{"max_loras", in.request.engine.max_loras}, {"max_lora_rank", in.request.engine.max_lora_rank}},
       "vllm/lora/layers/base_linear.py",
       true});
}

// Whole parameters of the decoder layers move to pinned host memory until the amount is reached
// (vllm/model_executor/offloader/uva.py).
void add_offload(const BudgetInput& in, Bytes loaded, Budget& budget) {
  const double wanted = in.request.engine.cpu_offload_gb * static_cast<double>(GiB.count);
  if (wanted <= 0) return;
  const double most = static_cast<double>(loaded.count) * 0.9;
  const auto bytes = static_cast<std::int64_t>(std::min(wanted, most));
  budget.terms.push_back({"cpu_offload",
                          -bytes,
                          -bytes - bytes / 10,
                          -bytes,
                          "− cpu_offload_gb, in whole parameters",
                          {},
                          "vllm/model_executor/offloader/uva.py",
                          true});
}

void add_drafter_term(const BudgetInput& in, Budget& budget) {
  const Drafter& drafter = *in.drafter;
  const std::int64_t bytes = drafter.loaded.count, error = bytes / (!drafter.model->inexact.empty()       ? 33
                                                                    : drafter.model->quantization.empty() ? 1000
                                                                                                          : 250);
  budget.terms.push_back({"draft_model",
                          bytes,
                          bytes - error - drafter.less.count,
                          bytes + error + drafter.more.count,
                          "every parameter and buffer of the drafter that is not the model's too",
                          {{"loaded", bytes}, {"num_speculative_tokens", in.request.engine.num_speculative_tokens}},
                          "vllm/v1/worker/gpu/spec_decode/eagle/utils.py:load_eagle_model",
                          true});
}

// A draft model is on the last stage. One that isn't known: its band reaches to a tenth of the target's weights.
void add_draft(const BudgetInput& in, Bytes loaded, Budget& budget) {
  const Engine& engine = in.request.engine;
  const DraftWeights from = speculative_method(engine.speculative_method).weights;
  if (engine.num_speculative_tokens == 0 || from == DraftWeights::none || !in.shape.last_stage) return;
  if (in.drafter) return add_drafter_term(in, budget);
  budget.terms.push_back({"draft_model",
                          loaded.count / 40,
                          0,
                          loaded.count / 10,
                          "a fortieth of the target's weights, as a guess",
                          {{"num_speculative_tokens", engine.num_speculative_tokens}},
                          "vllm/v1/spec_decode, vllm/v1/worker/gpu/spec_decode",
                          true});
  budget.notes.push_back(
      {"draft-model-unknown",
       "The draft model's config.json is not given as draft_config: its weights are a guess with a wide band.",
       "engine.speculative_config"});
}

}  // namespace

void add_weight_terms(const BudgetInput& in, Rank rank, Bytes loaded, Budget& budget) {
  Term weights{"weights",
               loaded.count,
               0,
               0,
               "every parameter and buffer of this rank, as torch's allocator holds it",
               {{"loaded", loaded.count}},
               "vllm/v1/worker/gpu_worker.py:load_model",
               true};
  const bool exact = in.model.inexact.empty();
  const std::int64_t parts = !exact ? 33 : in.model.quantization.empty() ? 1000 : 250;
  weights.low = loaded.count - loaded.count / parts;
  weights.high = loaded.count + loaded.count / parts;
  budget.terms.push_back(std::move(weights));
  add_draft(in, loaded, budget);
  add_lora(in, rank, budget);
  add_offload(in, loaded, budget);
}

}  // namespace vram_gauge
