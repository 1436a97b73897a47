// Outcome -> the report's JSON text. The only place that knows the report's field names.
#pragma once

#include <string>

#include "pipeline.hpp"

namespace vram_gauge {

std::string report_json(const Outcome& outcome, const Request& request);
std::string error_json(const Diagnostic& error);

// {"version", "vllm_versions", "gpus", "models", "dtypes", "quantizations", "kv_cache_dtypes"}
std::string catalog_json();

}  // namespace vram_gauge
