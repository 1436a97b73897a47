#include "builder.hpp"

namespace vram_gauge {

void Builder::add_hyper_connections(Layer& layer, std::int64_t streams) {
  const std::int64_t mixes = (2 + streams) * streams;
  for (const std::string_view name : {"hc_attn_fn", "hc_ffn_fn"})
    layer.modules.push_back(tensor(Role::other, name, {{mixes}, {streams * sizes.hidden}}, Dtype::float32));
  for (const std::string_view name : {"hc_attn_base", "hc_ffn_base"})
    layer.modules.push_back(tensor(Role::other, name, {{mixes}}, Dtype::float32));
  for (const std::string_view name : {"hc_attn_scale", "hc_ffn_scale"})
    layer.modules.push_back(tensor(Role::other, name, {{3}}, Dtype::float32));
}

}  // namespace vram_gauge
