// What the methods of speculative_config are (vllm/config/speculative.py:SpeculativeMethod).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "releases/releases.hpp"

namespace vram_gauge {

// Where the weights come from that draft.
enum class DraftWeights : std::uint8_t {
  none,
  target,      // layers of the target's own checkpoint
  own_class,   // whatever somebody's class holds
  checkpoint,  // another one
};

// Since when the second model runner drafts so. 0.29 was its first release for most models.
enum class V2Drafts : std::uint8_t { never, after_29, after_29_in_stages, always };

struct SpeculativeMethod {
  std::string_view name;  // "" = none of them
  DraftWeights weights = DraftWeights::checkpoint;
  std::optional<std::int64_t> cache_layers;  // that it adds where no drafter's config is given; nothing = not known
  V2Drafts v2_runner = V2Drafts::always;
  bool async_on_v2_only = false;          // asynchronous scheduling needs that runner
  std::optional<Release> gone_from = {};  // the first release without it

  bool has_checkpoint() const { return weights == DraftWeights::checkpoint; }
};

// Of all releases; whatever predicts many tokens is "mtp".
const SpeculativeMethod& speculative_method(std::string_view name);

}  // namespace vram_gauge
