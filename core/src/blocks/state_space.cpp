#include "blocks/state_space.hpp"

namespace vram_gauge {

Module convolution(std::string_view name, std::vector<Dim> channels, std::int64_t kernel, bool bias) {
  Module module = column(Role::linear_attention, name, kernel, std::move(channels), bias);
  module.quantizable = false;
  module.depthwise = true;
  return module;
}

void add_state_cache(Builder& b, Layer& layer, Cache::Mixer mixer, std::vector<State> states) {
  Cache cache;
  cache.kind = Cache::Kind::mamba;
  cache.mixer = mixer;
  cache.states = std::move(states);
  layer.caches.push_back(std::move(cache));
  b.model.hybrid = true;
}

void place_under(Layer& layer, std::size_t first, std::string_view parent) {
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].parent = parent;
}

void add(Builder& b, Layer& layer, const ShortConvSpec& spec) {
  const std::size_t first = layer.modules.size();
  const Dim channels{spec.width, 1, Split::even};
  layer.modules.push_back(convolution("conv", {channels}, spec.kernel, spec.bias));
  layer.modules.push_back(
      column(Role::linear_attention, "in_proj", b.sizes.hidden, {channels, channels, channels}, spec.bias));
  layer.modules.push_back(row(Role::linear_attention, "out_proj", spec.width, b.sizes.hidden, spec.bias));
  place_under(layer, first, spec.name);
  add_state_cache(b, layer, Cache::Mixer::short_conv, {{spec.kernel - 1, {channels}, Dtype::model, true}});
}

}  // namespace vram_gauge
