// The sizes that decide how much memory one forward pass over max_num_batched_tokens takes on one rank, read from the
// layers of its pipeline stage. Amounts "a token" are elements; the widest layer counts.
#pragma once

#include "runtime_terms.hpp"

namespace vram_gauge {

struct ForwardShape {
  std::int64_t layers = 0;  // of this stage
  std::int64_t hidden = 0;
  std::int64_t widest = 0;  // elements a token beside the two residuals, of the widest layer
  bool first_stage = true, last_stage = true;
  // Routed experts: the widest of the stage.
  std::int64_t experts = 0, expert_inner = 0, top_k = 0;
  QuantFormat expert_format = QuantFormat::none;
  std::string_view expert_method;
  // Latent attention: heads × (nope + v) on this rank, elements of a key's latent vector.
  std::int64_t latent_expanded = 0, latent_size = 0;
  bool sparse_attention = false, linear_attention = false;
  std::int64_t encoder_width = 0;  // hidden size of the vision tower, 0 = none on this stage
  std::int64_t encoder_inner = 0;  // of its feed-forward, on this rank
};

ForwardShape forward_shape(const Model& model, const Request& request, std::int64_t stage);

// How many GPUs share an expert's width, and how many ranks' tokens meet in its scratch memory.
struct ExpertLayout {
  std::int64_t width_ranks = 1, token_ranks = 1;
};
ExpertLayout expert_layout(const Request& request);

}  // namespace vram_gauge
