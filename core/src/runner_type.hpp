// Whether vLLM serves an architecture to generate text or to pool (embed, classify, score) when not told
// (vllm/config/model.py:_get_default_runner_type).
#pragma once

#include <cstdint>
#include <string_view>

namespace vram_gauge {

// True for pooling: the registry lists the architecture as a pooling model only, or, where it doesn't know the name,
// the name ends like one. A sentence-transformers folder beside the config would make it so too; that isn't seen here.
bool runs_pooling(std::string_view architecture);

// What a name's ending makes of a class that generates: nothing, a model that embeds, or one with a classifier's head.
enum class Convert : std::uint8_t { none, embed, classify };

struct DefaultRunner {
  std::string_view suffix;
  Convert convert;
};

// The row of vllm/config/model.py:_SUFFIX_TO_DEFAULTS that the name ends like; null if none.
const DefaultRunner* default_runner(std::string_view architecture);

}  // namespace vram_gauge
