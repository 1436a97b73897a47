// Mistral's own params.json, which vLLM takes with --config_format mistral.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json.hpp"

namespace vram_gauge {

bool is_mistral_params(const Document& document);

// Gives the file the keys and the shape of the config.json that vLLM makes of it
// (vllm/transformers_utils/configs/mistral.py:adapt_config_dict), in place. A quantization that vLLM can't read there
// is an error. What vLLM takes from a config.json beside the file goes into `inexact`.
std::optional<Diagnostic> adapt_mistral_params(Document& document, std::vector<std::string>& inexact);

}  // namespace vram_gauge
