// Outcome -> the report's JSON text. The only place that knows the report's field names.
#pragma once

#include <string>

#include "json_writer.hpp"
#include "pipeline.hpp"

namespace vram_gauge {

std::string report_json(const Outcome& outcome, const Request& request, const std::vector<Fix>& fixes = {});
std::string error_json(const Diagnostic& error, const std::vector<Fix>& fixes = {});

// "fixes": [{"id", "message", "change": {"engine": {…}}, "cost", "enough", "effect": {"headroom_bytes", "starts", …}}]
void write_fixes(JsonWriter& w, const std::vector<Fix>& fixes);

// {"version", "vllm_versions", "gpus", "models", "dtypes", "quantizations", "kv_cache_dtypes"}
std::string catalog_json();

}  // namespace vram_gauge
