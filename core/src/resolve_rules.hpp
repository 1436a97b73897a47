// The parts of resolve_defaults(), a file each.
#pragma once

#include "runtime_terms.hpp"

namespace vram_gauge {

// Which engine and which model runner serve this model (vllm/config/vllm.py:VllmConfig.use_v2_model_runner), and
// whether the scheduler runs ahead of the GPU.
bool uses_v1_engine(const Model& model, const Request& request, const Resolved& resolved);
bool uses_v2_runner(const Model& model, const Request& request, bool v1_engine);
bool schedules_async(const Model& model, const Request& request, bool v2_runner);

// max_num_batched_tokens and max_num_seqs (vllm/engine/arg_utils.py:get_batch_defaults); needs the engine, chunked
// prefill and max_model_len.
void resolve_batch(const Model& model, const Request& request, Resolved& resolved);

// The batch sizes that get a CUDA graph (vllm/config/vllm.py:_set_cudagraph_sizes); needs the batch.
void resolve_graph_sizes(const Model& model, const Request& request, Resolved& resolved);

// SM100-class: compute capability 10.x, the data-centre Blackwells.
constexpr bool is_sm100(int capability) { return capability >= 100 && capability < 110; }
// GB10 (DGX Spark).
constexpr bool is_gb10(const Hardware& hardware) { return hardware.capability == 121; }

}  // namespace vram_gauge
