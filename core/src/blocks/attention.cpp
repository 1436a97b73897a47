// Multi-head, grouped-query and multi-query attention (vllm/model_executor/layers/linear.py:QKVParallelLinear,
// layers/attention/attention.py:Attention).
#include <utility>

#include "builder.hpp"

namespace vram_gauge {
void Builder::add(Layer& layer, const AttentionSpec& spec) {
  const std::int64_t v_dim = spec.v_head_dim ? spec.v_head_dim : spec.head_dim;
  const std::size_t first = layer.modules.size();
  std::vector<Dim> outs{{spec.heads * (spec.output_gate ? 2 : 1), spec.head_dim, Split::even, "q_proj"}};
  if (spec.kv_chunks > 0) {
    outs.push_back({spec.kv_chunks, spec.kv_heads / spec.kv_chunks * (spec.head_dim + v_dim), Split::heads, "k_proj",
                    spec.chunk_pad});
  } else if (!spec.shares_kv) {
    // Before 0.25 the Transformers wrapper divides each projection by itself: no rank repeats another's heads.
    const bool apart = model.transformers_backend && !since(25);
    for (const auto& [name, dim] : {std::pair{"k_proj", spec.head_dim}, std::pair{"v_proj", v_dim}})
      outs.push_back(apart ? Dim{spec.kv_heads * dim, 1, Split::even, name}
                           : Dim{spec.kv_heads, dim, Split::heads, name});
  }
  layer.modules.push_back(
      column(Role::attention, spec.shares_kv ? "q_proj" : spec.qkv, sizes.hidden, std::move(outs), spec.qkv_bias));
  if (spec.one_linear) layer.modules.back().one_piece_from = 1;
  layer.modules.push_back(row(Role::attention, spec.out, 1, sizes.hidden, spec.out_bias));
  layer.modules.back().dims.back() = {spec.heads, v_dim, Split::even};
  if (spec.qk_norm != QkNorm::none) {
    const bool head = spec.qk_norm == QkNorm::head, sharded = spec.qk_norm == QkNorm::sharded;
    layer.modules.push_back(tensor(Role::norm, "q_norm.weight",
                                   {{head ? 1 : spec.heads, spec.head_dim, sharded ? Split::even : Split::none}}));
    if (!spec.shares_kv)
      layer.modules.push_back(
          tensor(Role::norm, "k_norm.weight",
                 {{head ? 1 : spec.kv_heads, spec.head_dim, sharded ? Split::heads : Split::none}}));
  }
  if (spec.sinks) layer.modules.push_back(tensor(Role::attention, "sinks", {{spec.heads, 1, Split::even}}));
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].parent = spec.name;
  if (spec.rope >= 0) layer.ropes |= 1u << spec.rope;
  // The Transformers wrapper keeps its Attention objects outside the module tree up to 0.29.
  if (!model.transformers_backend || since(30)) ++layer.attention_scales;
  if (!spec.cache || spec.shares_kv || spec.reuses_cache) return;
  Cache cache;
  cache.kind = spec.window ? Cache::Kind::sliding : spec.chunk ? Cache::Kind::chunked : Cache::Kind::full;
  cache.window = spec.window ? spec.window + spec.extra_window : spec.chunk;
  cache.model_dtype = spec.model_dtype_cache;
  cache.kv_heads = {spec.kv_heads, 1, Split::heads};
  cache.head_size = spec.head_dim;
  cache.head_size_v = spec.padded_values ? spec.head_dim : v_dim;
  layer.caches.push_back(std::move(cache));
}

void Builder::add_cross_attention(Layer& layer, std::string_view name, std::string_view out, bool no_queries) {
  const Dim heads{sizes.heads, sizes.head_dim, Split::even};
  const std::size_t first = layer.modules.size();
  layer.modules.push_back(column(Role::attention, "q_proj", sizes.hidden, {heads}, true));
  std::vector<Dim> keys{heads, heads};
  if (no_queries) keys.insert(keys.begin(), {0, sizes.head_dim, Split::even});
  layer.modules.push_back(column(Role::attention, "kv_proj", sizes.hidden, std::move(keys), true));
  layer.modules.push_back(row(Role::attention, out, 1, sizes.hidden, true));
  layer.modules.back().dims.back() = heads;
  for (std::size_t i = first; i < layer.modules.size(); ++i) layer.modules[i].parent = name;
  ++layer.attention_scales;
  Cache cache;
  cache.kind = Cache::Kind::cross;
  cache.kv_heads = heads;
  cache.kv_heads.unit = 1;
  cache.head_size = cache.head_size_v = sizes.head_dim;
  layer.caches.push_back(std::move(cache));
}

}  // namespace vram_gauge
