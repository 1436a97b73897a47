// Whether vLLM serves an architecture to generate text or to pool (embed, classify, score) when not told
// (vllm/config/model.py:_get_default_runner_type).
#pragma once

#include <string_view>

namespace vram_gauge {

// True for pooling: the registry lists the architecture as a pooling model only, or, where it doesn't know the name,
// the name ends like one. A sentence-transformers folder beside the config would make it so too; that isn't seen here.
bool runs_pooling(std::string_view architecture);

}  // namespace vram_gauge
