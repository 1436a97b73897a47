#include "quantization/quantized.hpp"

namespace vram_gauge {

void attention_scales(ScaleParameters kind, std::int64_t kv_heads, const Placement& placement, TensorInfo info,
                      TensorSink& sink) {
  if (kind == ScaleParameters::none) return;
  info.scale_of_kv = true;
  if (kind == ScaleParameters::scalars) {
    info.rank = 0;
    info.dtype = placement.dtype;
    for (const std::string_view name : {".q_scale", ".k_scale", ".v_scale", ".prob_scale"}) {
      info.suffix = name;
      sink.tensor(info);
    }
    return;
  }
  info.rank = 1;
  info.shape = {kind == ScaleParameters::per_head ? kv_heads : 1};
  for (const std::string_view name :
       {".k_scale", ".v_scale", ".q_scale", ".k_zero_point", ".v_zero_point", ".q_zero_point"}) {
    info.suffix = name;
    info.dtype = name.ends_with("scale") ? Dtype::float32 : placement.dtype;
    sink.tensor(info);
  }
}

}  // namespace vram_gauge
