// The model's own limit of tokens, and what the engine runs with (vllm/config/model.py:_get_and_verify_max_len; memory
// model §6.3), and the dtype of activations (§6.4).
#pragma once

#include <cstdint>
#include <optional>

#include "config_reader.hpp"
#include "model.hpp"
#include "request.hpp"

namespace vram_gauge {

struct LengthAnswer {
  std::int64_t derived = 0;
  std::int64_t max_model_len = 0;
  std::optional<Diagnostic> refused;  // vllm-refuses/max-model-len-above-limit
  bool unnamed = false;               // the config names none
};

struct DtypeAnswer {
  Dtype dtype = Dtype::bfloat16;
  std::optional<Diagnostic> refused;  // vllm-refuses/dtype-unsupported
};

LengthAnswer resolve_max_model_len(const ConfigReader& text, std::string_view architecture, const Request& request);
DtypeAnswer resolve_dtype(const ConfigReader& root, const ConfigReader& text, const Model& model,
                          const Request& request);

}  // namespace vram_gauge
