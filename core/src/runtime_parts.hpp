// The parts of plan_budget(), a file each. A part appends the terms it stands for.
#pragma once

#include "calibration.hpp"
#include "runtime_shapes.hpp"
#include "runtime_terms.hpp"

namespace vram_gauge {

// What every part looks at.
struct BudgetInput {
  const Model& model;
  const Request& request;
  const Resolved& resolved;
  ForwardShape shape;
  const Drafter* drafter = nullptr;  // of another checkpoint, where its config is known

  Release release() const { return request.release; }
  const Hardware& hardware() const { return request.hardware; }
  std::int64_t tp() const { return request.engine.tensor_parallel_size; }
  std::int64_t tokens() const { return resolved.max_num_batched_tokens; }
  std::int64_t seqs() const { return resolved.max_num_seqs; }
  // Rows of logits that the profiling pass samples.
  std::int64_t sampled_rows() const { return tokens() < seqs() ? tokens() : seqs(); }
};

// Scratch memory that mixture-of-experts and sparse-attention layers share: the largest request of any of them.
struct Workspace {
  std::int64_t bytes = 0, low = 0, high = 0;
  std::string formula;
  std::vector<Term::Input> inputs;
  std::string_view source;
};
Workspace shared_workspace(const BudgetInput& in);

// The sampler's share of the profiling pass: bytes of a logit at the peak, and Triton's own buffer.
struct SamplerPeak {
  int per_logit = 0, per_logit_low = 0, per_logit_high = 0;
  std::int64_t buffer = 0;
};
SamplerPeak sampler_peak(const BudgetInput& in);

// A vision encoder's profiling pass.
struct EncoderPeak {
  bool known = true;         // false: this architecture's items are not modelled
  std::int64_t cache = 0;    // outputs kept during the text pass
  std::int64_t inputs = 0;   // pixels kept during it
  std::int64_t peak = 0;     // of the encoder's own pass
  std::int64_t unknown = 0;  // what an unmodelled encoder may take more
};
EncoderPeak encoder_peak(const BudgetInput& in);

void add_activation(const BudgetInput& in, Budget& budget);  // activation, workspace, encoder_cache, cublas
void add_persistent(const BudgetInput& in, Budget& budget);  // persistent_buffers
void add_weight_terms(const BudgetInput& in, Rank rank, Bytes loaded,
                      Budget& budget);                      // weights, draft_model, lora, cpu_offload
void add_non_torch(const BudgetInput& in, Budget& budget);  // non_torch, unified_memory, fragmentation
void add_graphs(const BudgetInput& in, Budget& budget);     // cuda_graph
void add_outside(const BudgetInput& in, Budget& budget);    // cuda_context, communication, block_tables

}  // namespace vram_gauge
