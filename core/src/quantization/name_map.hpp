// How vLLM's class of an architecture renames a checkpoint's modules: quantization configs speak of the checkpoint's
// names, matching is done on vLLM's (vllm/model_executor/models/utils.py:WeightsMapper.get_rename_mapper).
#pragma once

#include <string>
#include <string_view>

namespace vram_gauge {

class NameMap {
 public:
  // An architecture that isn't listed renames nothing.
  explicit NameMap(std::string_view architecture);

  // Whether the class has a map, if only an empty one.
  bool mapped() const { return mapped_; }
  std::string operator()(std::string_view name) const;

 private:
  std::string_view rules_;
  bool mapped_ = true;
};

}  // namespace vram_gauge
