#include "kv_legacy.hpp"

#include "vram_gauge/units.hpp"

namespace vram_gauge {

bool is_v0(const KvSettings& settings) { return !settings.v1_engine; }

// FlashMLA's blocks are its own (vllm/platforms/cuda.py:check_and_update_config, from 0.8 on).
std::int64_t v0_block_size(const KvContext& c) {
  if (c.settings.release >= Release{8, 0} && c.settings.vendor == "NVIDIA" && c.settings.capability / 10 == 9)
    for (const Layer& layer : c.model.layers)
      for (const Cache& cache : layer.caches)
        if (cache.kind == Cache::Kind::mla) return 64;
  return c.settings.block_size.value_or(16);
}

KvGrouping v0_layers(const KvContext& c) {
  KvGrouping g;
  KvLayerGroup all;
  for (const Layer& layer : c.model.layers)
    for (const Cache& cache : layer.caches) {
      // States are held outside the blocks; cross attention has the blocks of the self-attention beside it, if any.
      if (cache.kind == Cache::Kind::mamba || (cache.kind == Cache::Kind::cross && layer.caches.size() > 1)) continue;
      KvSpec spec;
      spec.kind = cache.kind == Cache::Kind::mla ? Cache::Kind::mla : Cache::Kind::full;
      spec.block_size = c.block_size;
      spec.heads = share(cache.kv_heads, c.settings.parallel.tp);
      spec.entry_bytes = entry_bytes(cache, c);
      // vllm/worker/cache_engine.py:_align_cache
      if (cache.kind == Cache::Kind::mla && c.holds(Rule::mla_rows_of_256_bytes))
        spec.entry_bytes = round_up(spec.entry_bytes, 256);
      g.specs.push_back(spec);
      for (const std::int32_t number : layer.numbers)
        all.items.push_back({number, static_cast<std::int32_t>(g.specs.size() - 1)});
    }
  all.uniform = g.specs.size() > 1;
  if (!all.items.empty()) g.groups.push_back(std::move(all));
  return g;
}

}  // namespace vram_gauge
