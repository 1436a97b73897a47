#pragma once

#include <cstdint>
#include <string_view>

#include "drafting.hpp"
#include "releases/releases.hpp"

namespace vram_gauge {

// What besides the config decides the module tree.
struct BuildContext {
  Release release;
  int capability = 0;         // 90 for compute capability 9.0; 0 = unknown or not CUDA
  std::uint8_t shut_out = 0;  // Items
  bool enforce_eager = false;
  bool usual_states = true;        // no dtype is asked for but those that states and activations most often have
  bool generates = false;          // engine.runner says so
  std::int64_t max_model_len = 0;  // 0 = unknown
  Drafting drafting = {};
  std::int64_t speculative_tokens = 0;  // that something drafts for it
  bool generic = false;                 // as if no family declared the architecture
  std::string_view architecture;        // the one that vLLM serves this config as

  bool shuts_out(std::uint8_t items) const { return (shut_out & items) == items; }
};

}  // namespace vram_gauge
