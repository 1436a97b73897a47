// Element types of tensors in GPU memory. `model` stands for the activation dtype the engine settles on.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vram_gauge {

enum class Dtype : std::uint8_t {
  model,
  float32,
  float16,
  bfloat16,
  fp8_e4m3,
  fp8_e5m2,
  fp8_e8m0,
  uint8,
  int8,
  int32,
  int64,
  boolean,
  complex64
};

// Bytes of one element; `model` counts as the 2 bytes of float16 and bfloat16 (resolve it first).
std::int64_t size_of(Dtype dtype);

// torch's name without "torch.", as vLLM prints it.
std::string_view name_of(Dtype dtype);

// The float dtype behind a name in any of the field's spellings ("bfloat16", "torch.bfloat16", "bf16", "half",
// "float", "fp32" …); nothing if it is none of them.
std::optional<Dtype> float_dtype(std::string_view name);

}  // namespace vram_gauge
