// Groups whose layers have pages of several sizes, lying side by side in a block: DeepSeek-V4 and later sparse models
// (vllm/v1/core/kv_cache_planning.py:_get_packed_kv_cache_groups; to 0.28
// kv_cache_utils.py:_get_kv_cache_groups_uniform_groups).
#include <algorithm>
#include <numeric>

#include "kv_groups.hpp"
#include "vram_gauge/units.hpp"

namespace vram_gauge {
namespace {

using Kind = Cache::Kind;

// Layers that need equally many blocks, by page size in order of appearance.
struct Bucket {
  struct Size {
    std::int64_t page = 0;
    std::vector<KvItem> items;
  };
  std::vector<Size> sizes;

  const KvItem& front() const { return sizes.front().items.front(); }
  std::int64_t layers() const {
    std::int64_t sum = 0;
    for (const Size& size : sizes) sum += static_cast<std::int64_t>(size.items.size());
    return sum;
  }
  // How often the pattern of one layer of each size repeats.
  std::int64_t repeats() const {
    std::size_t most = 0;
    for (const Size& size : sizes) most = std::max(most, size.items.size());
    return static_cast<std::int64_t>(most);
  }
  bool balanced() const {
    return std::all_of(sizes.begin(), sizes.end(),
                       [&](const Size& size) { return size.items.size() == sizes.front().items.size(); });
  }
  // Bytes of the widest of `groups` groups.
  std::int64_t widest(std::int64_t groups) const {
    std::int64_t sum = 0;
    for (const Size& size : sizes) sum += ceil_div(static_cast<std::int64_t>(size.items.size()), groups) * size.page;
    return sum;
  }
  void add(const KvItem& item, std::int64_t page) {
    for (Size& size : sizes)
      if (size.page == page) return size.items.push_back(item);
    sizes.push_back({page, {item}});
  }
};

// The d in [least, largest value] that wastes the least when every value is rounded up to a multiple of it; the larger
// of equal ones (_approximate_gcd).
std::int64_t approximate_gcd(const std::vector<std::int64_t>& values, std::int64_t least) {
  const std::int64_t largest = *std::max_element(values.begin(), values.end());
  std::int64_t best = std::max<std::int64_t>(least, 1), best_waste = no_limit;
  for (std::int64_t d = best; d <= largest; ++d) {
    std::int64_t waste = 0;
    for (const std::int64_t value : values) waste += round_up(value, d) - value;
    if (waste <= best_waste) best_waste = waste, best = d;
  }
  return best;
}

// One layer of every size per repeat, repeats dealt round robin.
void deal(KvGrouping& g, const Bucket& bucket, std::int64_t groups) {
  for (std::int64_t first = 0; first < groups; ++first) {
    KvLayerGroup group;
    group.uniform = true;
    for (auto i = static_cast<std::size_t>(first); i < bucket.sizes.front().items.size();
         i += static_cast<std::size_t>(groups))
      for (const Bucket::Size& size : bucket.sizes)
        if (i < size.items.size()) group.items.push_back(size.items[i]);
    g.groups.push_back(std::move(group));
  }
}

void keep_whole(KvGrouping& g, const Bucket& bucket) {
  KvLayerGroup group;
  group.uniform = true;
  for (const Bucket::Size& size : bucket.sizes)
    group.items.insert(group.items.end(), size.items.begin(), size.items.end());
  g.groups.push_back(std::move(group));
}

std::vector<Bucket> buckets_of(const KvGrouping& g, const KvContext& c) {
  std::vector<Bucket> buckets;
  for (const KvItem& item : g.groups.front().items) {
    const KvSpec& spec = g.spec(item);
    const auto fits = [&](const Bucket& bucket) { return same_type(g.spec(bucket.front()), spec, c); };
    auto found = std::find_if(buckets.begin(), buckets.end(), fits);
    if (found == buckets.end()) found = buckets.emplace(found);
    found->add(item, spec.page());
  }
  return buckets;
}

// Kinds of which a block can hold as few layers as fit.
bool is_state(const KvSpec& spec, bool repeating, const KvContext& c) {
  if (spec.kind == Kind::mamba) return true;
  if (!c.holds(Rule::packed_ring_buckets)) return false;
  return spec.kind == Kind::circular || (!repeating && (spec.kind == Kind::sliding || spec.kind == Kind::sliding_mla));
}

bool wants_packing(const Model& model) {
  for (const Layer& layer : model.layers)
    for (const Cache& cache : layer.caches)
      if (cache.packed) return true;
  return false;
}

std::int64_t page_sizes(const KvGrouping& g) {
  std::vector<std::int64_t> pages;
  for (const KvSpec& spec : g.specs)
    if (std::find(pages.begin(), pages.end(), spec.page()) == pages.end()) pages.push_back(spec.page());
  return static_cast<std::int64_t>(pages.size());
}

// How many of the group's layers of each page size are in [first, last).
Bucket on_stage(const KvGrouping& g, const KvLayerGroup& group, std::int64_t first, std::int64_t last) {
  Bucket bucket;
  for (const KvItem& item : group.items)
    if (item.layer >= first && item.layer < last) bucket.add(item, g.spec(item).page());
  return bucket;
}

}  // namespace

bool group_packed(KvGrouping& g, const KvContext& c) {
  if (!wants_packing(c.model) || page_sizes(g) < 2) return false;
  const std::vector<Bucket> buckets = buckets_of(g, c);
  std::int64_t least = 0;
  std::vector<std::int64_t> repeats;
  for (const Bucket& bucket : buckets) {
    if (!bucket.balanced()) continue;
    repeats.push_back(bucket.repeats());
    if (bucket.sizes.size() > 1) least = std::max(least, bucket.repeats());
  }
  const bool repeating = least > 0;
  const std::int64_t per_group = repeating ? approximate_gcd(repeats, least) : 0;
  const auto count = [&](const Bucket& b) { return repeating && b.balanced() ? ceil_div(b.repeats(), per_group) : 1; };
  std::int64_t anchor = 0;
  for (const Bucket& b : buckets)
    anchor = std::max(anchor, b.widest(is_state(g.spec(b.front()), repeating, c) ? b.layers() : count(b)));
  g.layout = KvLayout::blocks_outermost;
  g.groups.clear();
  for (const Bucket& b : buckets) {
    std::int64_t groups = count(b);
    const KvSpec& spec = g.spec(b.front());
    if (is_state(spec, repeating, c))
      groups = std::max(groups, ceil_div(b.layers(), std::max<std::int64_t>(anchor / spec.page(), 1)));
    if (groups == 1) keep_whole(g, b);
    else deal(g, b, groups);
  }
  return true;
}

bool group_deepseek_v4(KvGrouping& g, const KvContext& c) {
  const auto is_window = [](const KvSpec& spec) { return spec.kind == Kind::sliding_mla; };
  if (std::none_of(g.specs.begin(), g.specs.end(), is_window)) return false;
  std::vector<Bucket> buckets = buckets_of(g, c);
  const auto full = std::find_if(buckets.begin(), buckets.end(),
                                 [&](const Bucket& b) { return g.spec(b.front()).kind == Kind::mla; });
  if (full == buckets.end()) return false;
  std::rotate(buckets.begin(), full, full + 1);
  std::vector<std::int64_t> tuples;
  tuples.reserve(buckets.size());
  for (const Bucket& b : buckets) tuples.push_back(b.repeats());
  const std::int64_t per_group = approximate_gcd(tuples, tuples.front());
  g.layout = KvLayout::slots_by_size;
  g.groups.clear();
  keep_whole(g, buckets.front());
  for (std::size_t i = 1; i < buckets.size(); ++i) {
    Bucket padded;
    for (const Bucket::Size& size : buckets[i].sizes) {
      std::int64_t slot = no_limit;  // the smallest page of group 0 that holds it
      for (const Bucket::Size& main : buckets.front().sizes)
        if (main.page >= size.page) slot = std::min(slot, main.page);
      if (slot == no_limit) {
        g.refused = pages_differ();
        return true;
      }
      for (const KvItem& item : size.items) {
        g.specs[static_cast<std::size_t>(item.spec)].padded_page = slot;
        padded.add(item, slot);
      }
    }
    deal(g, padded, ceil_div(padded.repeats(), per_group));
  }
  return true;
}

KvBlockBytes block_bytes(const KvGrouping& g, const KvContext& c, std::int64_t first, std::int64_t last) {
  const bool aligned = c.holds(Rule::kv_pool_by_layout), outermost = g.layout == KvLayout::blocks_outermost;
  std::int64_t widest = 0, alignment = 1, tuples = 0;
  Bucket slots;
  for (const KvLayerGroup& group : g.groups) {
    std::int64_t bytes = 0;
    for (const KvItem& item : group.items) {
      if (item.layer < first || item.layer >= last) continue;
      const KvSpec& spec = g.spec(item);
      const std::int64_t stride = aligned ? spec.block_stride_alignment() : 1;
      bytes += outermost ? spec.page() : round_up(spec.page(), stride);
      alignment = std::lcm(alignment, stride);
    }
    widest = std::max(widest, bytes);
    if (g.layout != KvLayout::slots_by_size) continue;
    const Bucket bucket = on_stage(g, group, first, last);
    tuples = std::max(tuples, bucket.repeats());
    for (const Bucket::Size& size : bucket.sizes) {
      auto found = std::find_if(slots.sizes.begin(), slots.sizes.end(),
                                [&](const Bucket::Size& s) { return s.page == size.page; });
      if (found == slots.sizes.end()) slots.sizes.push_back(size);
      else if (found->items.size() < size.items.size()) found->items = size.items;
    }
  }
  if (g.layout != KvLayout::slots_by_size) {
    const std::int64_t block = outermost ? round_up(widest, alignment) : widest;
    return {block, block};
  }
  std::int64_t distinct = 0;
  for (const Bucket::Size& size : on_stage(g, g.groups.front(), first, last).sizes) distinct += size.page;
  return {slots.widest(1), tuples * distinct};
}

}  // namespace vram_gauge
