// Layers -> KV cache groups: layers of a group share one block table, groups share one pool of blocks
// (vllm/v1/core/kv_cache_planning.py:get_kv_cache_groups; to 0.32 kv_cache_utils.py). Memory model §3.1-3.4.
#pragma once

#include <vector>

#include "kv_specs.hpp"

namespace vram_gauge {

// One layer's cache: the layer's number and which spec it has.
struct KvItem {
  std::int32_t layer = 0;
  std::int32_t spec = 0;
};

struct KvLayerGroup {
  std::vector<KvItem> items;
  bool uniform = false;  // layers of one type whose pages may differ (UniformTypeKVCacheSpecs)
};

// How a block's bytes follow from its groups.
enum class KvLayout : std::uint8_t {
  layers_outermost,  // each layer has a region of its own; every page of a block is as large
  blocks_outermost,  // the pages of all layers lie side by side in a block
  slots_by_size,     // DeepSeek-V4 up to 0.28: one slot per page size and position, shared by the groups
};

struct KvGrouping {
  std::vector<KvSpec> specs;  // with block sizes and pages unified
  std::vector<KvLayerGroup> groups;
  KvLayout layout = KvLayout::layers_outermost;
  std::optional<Diagnostic> refused;

  const KvSpec& spec(const KvItem& item) const { return specs[static_cast<std::size_t>(item.spec)]; }
};

// Every layer's cache in layer order, with the block size of its pipeline stage. Specs that are equal are one.
KvGrouping collect_layers(const std::vector<KvContext>& stages);

// Splits collect_layers' one list into groups.
void group_layers(KvGrouping& grouping, const KvContext& context);

// Whether two layers always need as many blocks, so that one group can hold both.
bool same_type(const KvSpec& a, const KvSpec& b, const KvContext& context);

// Why a release cannot serve a model whose layers' pages it cannot make equal.
Diagnostic pages_differ();

// Grouping where blocks are outermost and page sizes differ; false = it doesn't apply (kv_groups_packed.cpp).
bool group_packed(KvGrouping& grouping, const KvContext& context);
bool group_deepseek_v4(KvGrouping& grouping, const KvContext& context);

// The group's page: of one layer, or of a uniform group the sum over the layers from `first` to before `last`.
std::int64_t page_of(const KvGrouping& grouping, const KvLayerGroup& group, std::int64_t first, std::int64_t last);

// Bytes of one block, and what the start-up test charges a block, on the stage of layers [first, last).
struct KvBlockBytes {
  std::int64_t block = 0, need = 0;
};
KvBlockBytes block_bytes(const KvGrouping& grouping, const KvContext& context, std::int64_t first, std::int64_t last);

}  // namespace vram_gauge
