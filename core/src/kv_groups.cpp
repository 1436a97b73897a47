#include "kv_groups.hpp"

#include <algorithm>
#include <numeric>

#include "vram_gauge/units.hpp"

namespace vram_gauge {
namespace {

using Kind = Cache::Kind;

// Full layers that differ only in the window they once had share pages and blocks.
bool mergeable(const KvSpec& a, const KvSpec& b) {
  if (!a.is_full() || !b.is_full()) return a == b;
  KvSpec plain = a;
  plain.window = b.window;
  return plain == b;
}

bool same_page(const KvSpec& a, const KvSpec& b) { return a.page() == b.page(); }

template <class Relation>
bool all_related(const KvGrouping& g, Relation related) {
  return std::all_of(g.specs.begin(), g.specs.end(),
                     [&](const KvSpec& spec) { return related(g.specs.front(), spec); });
}

bool is_one_type(const KvGrouping& g, const KvContext& c) {
  return all_related(g, [&](const KvSpec& a, const KvSpec& b) { return same_type(a, b, c); });
}

// Without the hybrid manager, windows are charged like full attention
// (vllm/v1/core/kv_cache_planning.py:_promote_local_kv_cache_specs).
void promote_windows(KvGrouping& g, const KvContext& c) {
  if (all_related(g, mergeable) || is_one_type(g, c)) return;
  std::int64_t full_block = 0;
  bool unknown_field = false;
  for (const KvSpec& spec : g.specs)
    if (spec.is_full()) full_block = full_block == 0 || full_block == spec.block_size ? spec.block_size : -1;
  for (KvSpec& spec : g.specs) {
    if (full_block == 0 || (spec.kind != Kind::sliding && spec.kind != Kind::sliding_mla && spec.kind != Kind::chunked))
      continue;
    // A field of their windows that MLA's own spec lacks ends vLLM with an error.
    unknown_field |= spec.kind == Kind::sliding_mla && c.settings.release >= Release{31, 0};
    spec.kind = spec.kind == Kind::sliding_mla ? Kind::mla : Kind::full;
    if (full_block > 0) spec.block_size = full_block;
  }
  if (unknown_field || (!all_related(g, mergeable) && !is_one_type(g, c)))
    g.refused = refusal("hybrid-kv-cache",
                        "Without the hybrid KV cache manager vLLM cannot give this model's layers one kind of cache.",
                        "engine");
}

std::int64_t largest_page(const KvGrouping& g) {
  std::int64_t page = 0;
  for (const KvSpec& spec : g.specs) page = std::max(page, spec.page());
  return page;
}

// Whether a smaller attention page may be padded where it does not divide the largest one.
bool may_pad(const KvSpec& spec, const KvContext& c) {
  if (spec.kind == Kind::mamba) return true;
  if (spec.kind == Kind::mla) return false;
  return c.holds(Rule::kv_pages_padded) && (spec.by_stride || c.holds(Rule::kv_pool_by_layout));
}

// vllm/v1/core/kv_cache_planning.py:unify_kv_cache_spec_page_size
bool unify_pages(KvGrouping& g, const KvContext& c) {
  const std::int64_t largest = largest_page(g);
  for (KvSpec& spec : g.specs) {
    const std::int64_t page = spec.page();
    if (page == largest) continue;
    if (spec.kind != Kind::mamba && page > 0 && largest % page == 0 && c.holds(Rule::pages_unified))
      spec.block_size *= largest / page;
    else if (may_pad(spec, c)) spec.padded_page = largest;
    else return false;
  }
  return true;
}

// Sliding layers beside MLA layers whose pages don't fit: all are charged like full attention.
bool fall_back_to_full(KvGrouping& g, const KvContext& c) {
  bool mla = false, window = false, other = false;
  for (const KvSpec& spec : g.specs) {
    mla = mla || spec.kind == Kind::mla;
    window = window || spec.kind == Kind::sliding;
    other = other || spec.kind == Kind::sliding_mla || spec.kind == Kind::chunked || spec.kind == Kind::mamba;
  }
  if (!mla || !window || other || !c.holds(Rule::kv_pool_by_layout)) return false;
  promote_windows(g, c);
  return !g.refused;
}

// How many layers the groups of a hybrid have: the smallest bucket's count, or the largest's if that is not much more.
std::int64_t layers_per_group(const std::vector<KvLayerGroup>& buckets, const KvContext& c) {
  std::int64_t least = no_limit, most = 0;
  for (const KvLayerGroup& bucket : buckets) {
    const auto count = static_cast<std::int64_t>(bucket.items.size());
    least = std::min(least, count);
    most = std::max(most, count);
  }
  const bool near = c.holds(Rule::group_size_ratio_150) ? 2 * most < 3 * least
                                                        : c.holds(Rule::group_size_ratio_125) && 4 * most < 5 * least;
  return near ? most : least;
}

// vllm/v1/core/kv_cache_planning.py:_get_kv_cache_groups_uniform_page_size
void split_evenly(KvGrouping& g, const KvContext& c) {
  std::vector<KvLayerGroup> buckets;
  std::vector<KvSpec> kinds;
  for (const KvItem& item : g.groups.front().items) {
    const KvSpec& spec = g.spec(item);
    const auto found = static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), spec) - kinds.begin());
    if (found == kinds.size()) {
      kinds.push_back(spec);
      buckets.emplace_back();
    }
    buckets[found].items.push_back(item);
  }
  const std::int64_t size = layers_per_group(buckets, c);
  g.groups.clear();
  for (const KvLayerGroup& bucket : buckets) {
    // Dealt round robin, so that every pipeline stage has its share of each group.
    const auto count = static_cast<std::size_t>(ceil_div(static_cast<std::int64_t>(bucket.items.size()), size));
    for (std::size_t first = 0; first < count; ++first) {
      KvLayerGroup group;
      for (std::size_t i = first; i < bucket.items.size(); i += count) group.items.push_back(bucket.items[i]);
      g.groups.push_back(std::move(group));
    }
  }
}

// The layer that a drafter's layers resemble: the checkpoint's own for it, else the last kind with full attention, and
// an indexer if there is one.
const Layer* full_layer(const Model& model) {
  if (!model.mtp.caches.empty()) return &model.mtp;
  const Layer* found = nullptr;
  for (const Layer& layer : model.layers)
    for (const Cache& cache : layer.caches)
      if ((cache.kind == Kind::full || cache.kind == Kind::mla) &&
          (!found || layer.caches.size() >= found->caches.size()))
        found = &layer;
  return found;
}

// 0.6-0.7 and the first V1 engine knew one kind of cache only (vllm/v1/core/kv_cache_utils.py:
// unify_hybrid_kv_cache_specs); chunked attention switched the manager off for four releases (vllm/config/vllm.py:
// VLLM_ALLOW_CHUNKED_LOCAL_ATTN_WITH_HYBRID_KV_CACHE).
bool has_hybrid_manager(const KvGrouping& g, const KvContext& c) {
  if (!c.settings.hybrid_manager || !c.holds(Rule::hybrid_kv_manager)) return false;
  if (c.holds(Rule::chunked_attention_groups) || c.holds(Rule::chunked_attention_groups_first)) return true;
  return std::none_of(g.specs.begin(), g.specs.end(), [](const KvSpec& spec) { return spec.kind == Kind::chunked; });
}

std::int32_t index_of(const KvSpec& spec, KvGrouping& g) {
  const auto at = std::find(g.specs.begin(), g.specs.end(), spec);
  const auto index = static_cast<std::int32_t>(at - g.specs.begin());
  if (at == g.specs.end()) g.specs.push_back(spec);
  return index;
}

// Layers of one cache, numbered from `behind`; `context_of` a layer. They differ in their stage and in skipping only.
template <class ContextOf>
void add_items(const Cache& cache, const std::vector<std::int32_t>& numbers, std::int32_t behind,
               const ContextOf& context_of, KvGrouping& g, std::vector<KvItem>& items) {
  const KvContext* last = nullptr;
  bool skips = false;
  for (const std::int32_t number : numbers) {
    const KvContext& c = context_of(number);
    const bool same = last == &c && skips == skips_kv_dtype(number, c);
    last = &c;
    skips = skips_kv_dtype(number, c);
    items.push_back({behind + number, same ? items.back().spec : index_of(kv_spec(cache, number, c), g)});
  }
}

// The layers of another checkpoint's drafter, numbered behind the model's: they are on the last stage, whose block size
// is theirs too.
void add_drafter_layers(const KvContext& stage, KvGrouping& g, std::vector<KvItem>& items) {
  const Model& draft = *stage.settings.draft;
  const KvDtype* dtype = find_kv_dtype(stage.settings.draft_kv_cache_dtype);
  KvContext c = kv_context(draft, stage.settings, dtype ? *dtype : stage.dtype);
  c.block_size = stage.block_size;
  const auto behind = static_cast<std::int32_t>(stage.model.sizes.layers);
  for (const Layer& layer : draft.layers)
    for (const Cache& cache : layer.caches)
      add_items(cache, layer.numbers, behind, [&](std::int32_t) -> const KvContext& { return c; }, g, items);
}

}  // namespace

bool same_type(const KvSpec& a, const KvSpec& b, const KvContext& c) {
  if (a.block_size != b.block_size) return false;
  if (a.is_full()) return b.is_full();
  if (a.kind != b.kind || a.window != b.window) return false;
  return a.kind != Kind::mamba || !c.holds(Rule::kv_pool_by_layout) ||
         (a.page() == b.page() && a.checkpoint_blocks == b.checkpoint_blocks);
}

KvGrouping collect_layers(const std::vector<KvContext>& stages) {
  const KvContext& c = stages.front();
  KvGrouping g;
  std::vector<KvItem> items;
  const auto stage_of = [&](std::int32_t number) -> const KvContext& {
    const auto has = [&](const KvContext& stage) { return number >= stage.first_layer && number < stage.last_layer; };
    return *std::find_if(stages.begin(), stages.end(), has);
  };
  for (const Layer& layer : c.model.layers)
    for (const Cache& cache : layer.caches) add_items(cache, layer.numbers, 0, stage_of, g, items);
  if (c.settings.draft) add_drafter_layers(stages.back(), g, items);
  if (const Layer* full = c.settings.draft_layers > 0 ? full_layer(c.model) : nullptr) {
    std::vector<std::int32_t> numbers(static_cast<std::size_t>(c.settings.draft_layers));
    std::iota(numbers.begin(), numbers.end(), static_cast<std::int32_t>(c.model.sizes.layers));
    for (const Cache& cache : full->caches) add_items(cache, numbers, 0, stage_of, g, items);
  }
  std::stable_sort(items.begin(), items.end(), [](const KvItem& a, const KvItem& b) { return a.layer < b.layer; });
  g.groups.push_back({std::move(items), false});
  return g;
}

void group_layers(KvGrouping& g, const KvContext& c) {
  if (g.specs.empty()) return;
  if (!has_hybrid_manager(g, c)) promote_windows(g, c);
  if (g.refused || all_related(g, mergeable)) return;
  if (is_one_type(g, c)) {
    g.groups.front().uniform = true;
    if (!c.holds(Rule::unequal_pages_in_one_group) && !all_related(g, same_page)) g.refused = pages_differ();
    return;
  }
  if (c.holds(Rule::kv_pool_by_layout) ? group_packed(g, c) : group_deepseek_v4(g, c)) return;
  if (unify_pages(g, c)) return split_evenly(g, c);
  if (fall_back_to_full(g, c)) {
    g.groups.front().uniform = true;
    return;
  }
  g.refused = pages_differ();
}

Diagnostic pages_differ() {
  return refusal("kv-pages-differ", "The pages of this model's kinds of layers cannot be made equal in this release.",
                 "engine");
}

std::int64_t page_of(const KvGrouping& g, const KvLayerGroup& group, std::int64_t first, std::int64_t last) {
  if (!group.uniform) return g.spec(group.items.front()).page();
  std::int64_t sum = 0;
  for (const KvItem& item : group.items)
    if (item.layer >= first && item.layer < last) sum += g.spec(item).page();
  return sum;
}

}  // namespace vram_gauge
