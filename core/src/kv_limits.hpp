// What vLLM refuses before it plans a KV cache, and what this planner knows it may get wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kv_specs.hpp"

namespace vram_gauge {

// A KV dtype that this GPU, model or release cannot ("vllm-refuses/kv-dtype-unsupported"), or a decode context
// parallel size that the model cannot ("vllm-refuses/decode-context-parallel").
std::optional<Diagnostic> refuse_kv(const KvContext& context);

// Why the plan is an estimate, one sentence each; empty = exact.
std::vector<std::string> doubts(const KvContext& context);

}  // namespace vram_gauge
