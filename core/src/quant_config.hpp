// quantization_config / compression_config / hf_quant_config.json / engine.quantization -> which modules are stored
// how.
#pragma once

#include <string_view>

#include "config_reader.hpp"
#include "model.hpp"

namespace vram_gauge {

struct QuantInput {
  ConfigReader root;           // config.json
  ConfigReader config;         // its quantization_config or compression_config, or text_config's; may be absent
  ConfigReader hf_quant;       // hf_quant_config.json; may be absent
  std::string_view requested;  // engine.quantization, "" = as stored
  Release release;
  int capability = 0;
};

// Resolves the method, fills model.schemes and model.quantization, gives every quantizable module its scheme, and
// splits layer kinds whose layers are stored differently (ignore lists, per-layer algorithms). Adds to model.inexact
// what it doesn't model. A refusal ("vllm-refuses/quantization-mismatch", "…-unsupported", "…-deprecated") is returned.
std::optional<Diagnostic> apply_quantization(Model& model, const QuantInput& input);

// kv_cache_dtype that the checkpoint's own scheme asks for when the engine says auto ("fp8", "fp8_e4m3", "nvfp4"),
// else "" (vllm/utils/torch_utils.py:resolve_kv_cache_dtype_string, layers/attention/attention.py).
std::string_view checkpoint_kv_cache_dtype(const QuantInput& input);

}  // namespace vram_gauge
