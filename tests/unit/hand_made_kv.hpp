// Caches, settings and models by hand, for the KV cache planner's tests.
#pragma once

#include "kv_plan.hpp"

namespace vram_gauge {

inline Cache hand_cache(Cache::Kind kind, std::int64_t heads, std::int64_t head_size, std::int64_t window = 0) {
  Cache cache;
  cache.kind = kind;
  cache.kv_heads = {heads, 1, Split::heads, {}};
  cache.head_size = head_size;
  cache.head_size_v = kind == Cache::Kind::mla || kind == Cache::Kind::sliding_mla ? 0 : head_size;
  cache.window = window;
  return cache;
}

// One vector a token, whole on every rank.
inline Cache hand_vector(Cache::Kind kind, std::int64_t bytes_or_size, bool fixed, std::int64_t tokens_per_entry = 1) {
  Cache cache;
  cache.kind = kind;
  cache.tokens_per_entry = tokens_per_entry;
  (fixed ? cache.fixed_bytes : cache.head_size) = bytes_or_size;
  return cache;
}

inline Cache hand_state(Cache::Mixer mixer, std::vector<State> states, bool checkpoints = false) {
  Cache cache;
  cache.kind = Cache::Kind::mamba;
  cache.mixer = mixer;
  cache.states = std::move(states);
  cache.checkpoints = checkpoints;
  return cache;
}

// Layers for which `has(i)` holds carry these caches.
template <class Has>
void hand_layers(Model& model, std::vector<Cache> caches, Has has) {
  Layer layer;
  layer.caches = std::move(caches);
  for (std::int32_t i = 0; i < model.sizes.layers; ++i)
    if (has(i)) layer.numbers.push_back(i);
  model.layers.push_back(std::move(layer));
}

inline Model hand_model(std::int64_t layers) {
  Model model;
  model.sizes.layers = layers;
  return model;
}

inline Model hand_uniform(std::int64_t layers, Cache cache) {
  Model model = hand_model(layers);
  hand_layers(model, {std::move(cache)}, [](int) { return true; });
  return model;
}

// Every `period`-th layer attends fully, the others over a window.
inline Model hand_windowed(std::int64_t layers, int period, Cache full, Cache window) {
  Model model = hand_model(layers);
  hand_layers(model, {std::move(window)}, [&](int i) { return (i + 1) % period != 0; });
  hand_layers(model, {std::move(full)}, [&](int i) { return (i + 1) % period == 0; });
  return model;
}

inline Model hand_gemma3_27b() {
  return hand_windowed(62, 6, hand_cache(Cache::Kind::full, 16, 128), hand_cache(Cache::Kind::sliding, 16, 128, 1024));
}

inline Model hand_gpt_oss_20b() {
  return hand_windowed(24, 2, hand_cache(Cache::Kind::full, 8, 64), hand_cache(Cache::Kind::sliding, 8, 64, 128));
}

inline Model hand_qwen3_next() {
  Model model = hand_model(48);
  model.hybrid = true;
  const Dim keys{16, 128, Split::even, {}}, values{32, 128, Split::even, {}};
  const State conv{3, {keys, keys, values}, Dtype::model, true}, recurrent{128, {values}};
  hand_layers(model, {hand_state(Cache::Mixer::gated_delta_net, {conv, recurrent}, true)},
              [](int i) { return i % 4 != 3; });
  hand_layers(model, {hand_cache(Cache::Kind::full, 2, 256)}, [](int i) { return i % 4 == 3; });
  return model;
}

inline Model hand_granite_hybrid() {
  Model model = hand_model(40);
  model.hybrid = true;
  const Dim inner{128, 64, Split::even, {}}, group{1, 128, Split::heads, {}};
  hand_layers(model,
              {hand_state(Cache::Mixer::mamba2, {{3, {inner, group, group}, Dtype::model, true}, {128, {inner}}})},
              [](int i) { return i % 10 != 5; });
  hand_layers(model, {hand_cache(Cache::Kind::full, 8, 128)}, [](int i) { return i % 10 == 5; });
  return model;
}

// DeepSeek-V4: every layer a window; ratio 4 on even layers from 2 on, ratio 128 on odd ones from 3 on.
inline Model hand_deepseek_v4() {
  Model model = hand_model(43);
  model.sizes.index_topk = 512;
  const auto aligned = [](Cache cache, std::int64_t block) {
    cache.page_alignment = 576;
    cache.block_size = block;
    cache.packed = true;
    return cache;
  };
  const auto window = [&](std::int64_t bytes, std::int64_t tokens, std::int64_t block) {
    Cache cache = hand_vector(Cache::Kind::sliding_mla, bytes, true);
    cache.window = tokens;
    return aligned(cache, block);
  };
  const auto compressed = [&](std::int64_t bytes, std::int64_t ratio) {
    Cache cache = aligned(hand_vector(Cache::Kind::mla, bytes, true, ratio), 0);
    cache.kernel_block = 256;
    return cache;
  };
  const Cache swa = window(584, 128, 64);
  hand_layers(model, {swa}, [](int i) { return i < 2; });
  hand_layers(model, {swa, compressed(584, 4), compressed(132, 4), window(8192, 8, 4), window(2048, 8, 4)},
              [](int i) { return i >= 2 && i % 2 == 0; });
  hand_layers(model, {swa, compressed(584, 128), window(4096, 128, 8)}, [](int i) { return i >= 2 && i % 2 == 1; });
  return model;
}

// On an H100 with the API server's defaults.
inline KvSettings hand_settings(Release release, std::int64_t max_model_len, std::int64_t batched_tokens = 8192) {
  KvSettings s;
  s.release = release;
  s.max_model_len = max_model_len;
  s.max_num_batched_tokens = batched_tokens;
  s.max_num_seqs = 1024;
  s.capability = 90;
  s.v2_runner = release >= Release{29, 0};
  return s;
}

inline KvPool hand_pool(const Model& model, const KvSettings& s, Bytes available) {
  return size_kv_pool(plan_kv_cache(model, s), s, {available});
}

}  // namespace vram_gauge
