#include "dtype.hpp"

namespace vram_gauge {
namespace {

struct DtypeRow {
  std::string_view name;
  std::int64_t size;
};

constexpr DtypeRow dtype_rows[] = {{"model", 2},         {"float32", 4},     {"float16", 2},        {"bfloat16", 2},
                                   {"float8_e4m3fn", 1}, {"float8_e5m2", 1}, {"float8_e8m0fnu", 1}, {"uint8", 1},
                                   {"int8", 1},          {"int32", 4},       {"int64", 8},          {"bool", 1},
                                   {"complex64", 8}};

struct Alias {
  std::string_view name;
  Dtype dtype;
};

constexpr Alias aliases[] = {{"bfloat16", Dtype::bfloat16}, {"bf16", Dtype::bfloat16}, {"float16", Dtype::float16},
                             {"half", Dtype::float16},      {"fp16", Dtype::float16},  {"float32", Dtype::float32},
                             {"float", Dtype::float32},     {"fp32", Dtype::float32}};

}  // namespace

std::int64_t size_of(Dtype dtype) { return dtype_rows[static_cast<int>(dtype)].size; }

std::string_view name_of(Dtype dtype) { return dtype_rows[static_cast<int>(dtype)].name; }

std::optional<Dtype> float_dtype(std::string_view name) {
  if (name.starts_with("torch.")) name.remove_prefix(6);
  for (const Alias& alias : aliases)
    if (alias.name == name) return alias.dtype;
  return std::nullopt;
}

}  // namespace vram_gauge
