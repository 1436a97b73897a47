#include "data/gpus.hpp"

namespace vram_gauge {
namespace {

using enum Gpu::Confidence;
using enum Gpu::Memory;

constexpr Gpu kGpus[] = {
#include "data/gpus.inc"
};

}  // namespace

std::span<const Gpu> gpus() { return kGpus; }

const Gpu* find_gpu(std::string_view id) {
  for (const Gpu& gpu : kGpus)
    if (gpu.id == id) return &gpu;
  return nullptr;
}

std::string_view to_string(Gpu::Confidence confidence) {
  switch (confidence) {
    case measured: return "measured";
    case derived: return "derived";
    case nominal: break;
  }
  return "nominal";
}

}  // namespace vram_gauge
