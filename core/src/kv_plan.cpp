#include "kv_plan.hpp"

#include <algorithm>
#include <tuple>

#include "kv_blocks.hpp"
#include "kv_groups.hpp"
#include "kv_legacy.hpp"
#include "kv_limits.hpp"

namespace vram_gauge {
namespace {

std::string_view kind_of(const KvSpec& spec, const KvLayerGroup& group) {
  static constexpr std::string_view names[] = {"full",        "sliding", "chunked", "mla",
                                               "sliding_mla", "mamba",   "cross",   "circular"};
  return group.uniform ? "uniform" : names[static_cast<std::size_t>(spec.kind)];
}

KvGroup describe(const KvGrouping& g, const KvLayerGroup& group, const KvContext& c, std::int64_t first,
                 std::int64_t last) {
  const KvSpec& spec = g.spec(group.items.front());
  KvGroup out;
  out.kind = kind_of(spec, group);
  for (const KvItem& item : group.items) out.layers += item.layer >= first && item.layer < last;
  out.block_size = spec.block_size;
  out.page_size_bytes = page_of(g, group, first, last);
  out.window = spec.window;
  out.blocks_at_max_len = kv_demand(spec, c).at_start(c.settings.max_model_len);
  return out;
}

void add_demand(const KvDemand& demand, std::vector<KvDemand>& demands) {
  for (KvDemand& known : demands) {
    KvDemand alone = known;
    alone.groups = 1;
    if (alone == demand) return void(++known.groups);
  }
  demands.push_back(demand);
}

// The stage's layers; a drafter's come after the last one.
std::pair<std::int64_t, std::int64_t> layers_of(const KvContext& c, std::int64_t stage) {
  auto range = stage_layers(c.model.sizes.layers, c.settings.parallel.pp, stage);
  if (stage == c.settings.parallel.pp - 1) range.second = no_limit;
  return range;
}

// Each stage chooses the block size for its own layers' backends.
std::vector<KvContext> stage_contexts(const KvContext& context) {
  std::vector<KvContext> stages;
  for (std::int64_t pp = 0; pp < context.settings.parallel.pp; ++pp) {
    stages.push_back(context);
    KvContext& stage = stages.back();
    std::tie(stage.first_layer, stage.last_layer) = layers_of(context, pp);
    if (is_v0(context.settings)) stage.block_size = v0_block_size(context);
    else choose_block_size(stage);
  }
  return stages;
}

void fill_stages(const KvGrouping& g, const KvContext& c, KvPlan& plan) {
  for (std::int64_t pp = 0; pp < c.settings.parallel.pp; ++pp) {
    const auto [first, last] = layers_of(c, pp);
    KvStage stage;
    for (const KvLayerGroup& group : g.groups) stage.groups.push_back(describe(g, group, c, first, last));
    const KvBlockBytes bytes = block_bytes(g, c, first, last);
    stage.bytes_per_block = bytes.block;
    stage.bytes_per_need = bytes.need > 0 ? bytes.need : bytes.block;
    plan.stages.push_back(std::move(stage));
  }
  for (const KvLayerGroup& group : g.groups) {
    if (c.holds(Rule::kv_planning_module)) plan.groups.push_back(describe(g, group, c, 0, no_limit));
    add_demand(kv_demand(g.spec(group.items.front()), c), plan.demands);
  }
  if (plan.groups.empty()) plan.groups = plan.stages.front().groups;
}

// Blocks of one request of max_model_len, as the logged concurrency counts them: up to 0.26 the bytes of all groups
// over those of the first group's page (kv_cache_utils.py:get_max_concurrency_for_kv_cache_config).
std::int64_t logged_blocks(const KvPlan& plan, const KvContext& c) {
  std::int64_t blocks = 0, bytes = 0;
  for (const KvGroup& group : plan.stages.front().groups) {
    blocks += group.blocks_at_max_len;
    bytes = std::min(saturated, bytes + saturating(group.blocks_at_max_len, group.page_size_bytes));
  }
  const std::int64_t page = plan.stages.front().groups.front().page_size_bytes;
  return c.holds(Rule::request_blocks_per_group) || page == 0 ? blocks : ceil_div(bytes, page);
}

void fill_costs(KvPlan& plan) {
  std::int64_t bytes = 0;
  for (const KvStage& stage : plan.stages) bytes = std::max(bytes, stage.bytes_per_block);
  std::int64_t per_sequence = 0;
  double per_token = 0;
  for (const KvDemand& demand : plan.demands) {
    if (demand.grows())
      per_token += static_cast<double>(saturating(bytes, demand.groups)) /
                   static_cast<double>(demand.block_size * demand.shards);
    else per_sequence += demand.groups * demand.running(no_limit);
  }
  plan.bytes_per_token = static_cast<std::int64_t>(per_token);
  plan.bytes_per_sequence = bytes > 0 && per_sequence > no_limit / bytes ? no_limit : per_sequence * bytes;
}

bool has_cache(const Model& model) {
  return std::any_of(model.layers.begin(), model.layers.end(),
                     [](const Layer& layer) { return !layer.caches.empty(); });
}

}  // namespace

KvPlan plan_kv_cache(const Model& model, const KvSettings& settings) {
  KvPlan plan;
  // The first engine has no cache for models that pool (vllm/engine/llm_engine.py:LLMEngine.__init__).
  if (model.encoder_only || !has_cache(model) || (is_v0(settings) && model.pooling && !model.encoder_decoder)) {
    plan.no_cache = true;
    return plan;
  }
  const KvDtype* dtype = find_kv_dtype(settings.kv_cache_dtype);
  const std::string& drafters = settings.draft_kv_cache_dtype;
  if (!dtype || (!drafters.empty() && !find_kv_dtype(drafters))) {
    plan.refused = refusal("kv-dtype-unsupported",
                           "No vLLM release knows kv_cache_dtype " + (dtype ? drafters : settings.kv_cache_dtype) + ".",
                           "engine.kv_cache_dtype");
    return plan;
  }
  const KvContext context = kv_context(model, settings, *dtype);
  plan.refused = refuse_kv(context);
  plan.inexact = doubts(context);
  if (plan.refused) return plan;
  const std::vector<KvContext> stages = stage_contexts(context);
  KvGrouping grouping = is_v0(settings) ? v0_layers(stages.front()) : collect_layers(stages);
  if (!is_v0(settings)) group_layers(grouping, stages.front());
  plan.refused = grouping.refused;
  plan.no_cache = grouping.groups.empty();  // the first engine keeps states beside the cache
  if (plan.refused || plan.no_cache) return plan;
  plan.block_size = stages.front().block_size;
  fill_stages(grouping, stages.front(), plan);
  plan.log_blocks = logged_blocks(plan, context);
  fill_costs(plan);
  return plan;
}

}  // namespace vram_gauge
