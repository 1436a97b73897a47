// Models made by hand, for the parts of the core that come after reading a config.
#pragma once

#include "model.hpp"
#include "request.hpp"

namespace vram_gauge {

inline Module hand_linear(Role role, std::string_view name, std::vector<Dim> dims) {
  Module module;
  module.kind = Module::Kind::linear;
  module.role = role;
  module.name = name;
  module.dims = std::move(dims);
  module.quantizable = true;
  return module;
}

// A gated decoder with grouped-query attention in every layer.
inline Model hand_decoder(std::string architecture, Sizes sizes) {
  Model model;
  model.architecture = std::move(architecture);
  model.sizes = sizes;
  Layer layer;
  for (std::int32_t i = 0; i < sizes.layers; ++i) layer.numbers.push_back(i);
  const Dim q{sizes.heads, sizes.head_dim, Split::even, "q_proj"},
      kv{sizes.kv_heads, sizes.head_dim, Split::heads, "k_proj"};
  const Dim inner{sizes.inner, 1, Split::even, "gate_proj"}, hidden{sizes.hidden};
  layer.modules = {hand_linear(Role::attention, "self_attn.qkv_proj", {q, kv, kv, hidden}),
                   hand_linear(Role::attention, "self_attn.o_proj", {hidden, q}),
                   hand_linear(Role::mlp, "mlp.gate_up_proj", {inner, inner, hidden}),
                   hand_linear(Role::mlp, "mlp.down_proj", {hidden, inner})};
  Cache cache;
  cache.kv_heads = {sizes.kv_heads, 1, Split::heads, {}};
  cache.head_size = cache.head_size_v = sizes.head_dim;
  layer.caches = {cache};
  model.layers = {layer};
  return model;
}

inline Model hand_llama_8b() {
  Sizes sizes;
  sizes.hidden = 4096, sizes.layers = 32, sizes.heads = 32, sizes.kv_heads = 8, sizes.head_dim = 128;
  sizes.inner = 14336, sizes.vocab = 128256, sizes.max_positions = 131072;
  return hand_decoder("LlamaForCausalLM", sizes);
}

// One H100 SXM unless changed.
inline Request hand_request(Release release) {
  Request request;
  request.release = release;
  request.has_hardware = true;
  Hardware& h = request.hardware;
  h.name = "NVIDIA H100 80GB HBM3", h.vendor = "NVIDIA";
  h.memory_bytes = 85029158912;  // 79.19 GiB
  h.capability = 90, h.sm_count = 132;
  return request;
}

inline void put_on_a100(Request& request) {
  Hardware& h = request.hardware;
  h.name = "NVIDIA A100-SXM4-80GB", h.memory_bytes = 85094694912, h.capability = 80, h.sm_count = 108;
}

inline void put_on_l40s(Request& request) {
  Hardware& h = request.hardware;
  h.name = "NVIDIA L40S", h.memory_bytes = 47673917440, h.capability = 89, h.sm_count = 142;
}

}  // namespace vram_gauge
