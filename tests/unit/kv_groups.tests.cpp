// How layers come into groups, by release.
#include "catch.hpp"
#include "hand_made_kv.hpp"

using namespace vram_gauge;

namespace {

// `full` layers of full attention, then `windows` of sliding attention, of equal pages.
Model mixed(std::int64_t full, std::int64_t windows) {
  Model model = hand_model(full + windows);
  hand_layers(model, {hand_cache(Cache::Kind::full, 8, 64)}, [&](int i) { return i < full; });
  hand_layers(model, {hand_cache(Cache::Kind::sliding, 8, 64, 128)}, [&](int i) { return i >= full; });
  return model;
}

std::size_t groups(const Model& model, Release release) {
  return plan_kv_cache(model, hand_settings(release, 8192)).groups.size();
}

}  // namespace

TEST_CASE("groups are as large as the largest bucket if that is not much larger than the smallest", "[kv][kv_groups]") {
  CHECK(groups(mixed(12, 13), {33, 0}) == 2);
  CHECK(groups(mixed(10, 14), {33, 0}) == 2);
  CHECK(groups(mixed(10, 14), {17, 1}) == 3);  // 1.4 times: over the limit of that time
  CHECK(groups(mixed(12, 13), {11, 2}) == 3);  // always the smaller
  CHECK(groups(mixed(10, 15), {33, 0}) == 3);
}

TEST_CASE("pages of two sizes: the smaller one's block grows, or its page is padded", "[kv][kv_groups]") {
  const auto plan = [](std::int64_t heads, Release release) {
    return plan_kv_cache(hand_windowed(12, 6, hand_cache(Cache::Kind::full, heads, 512),
                                       hand_cache(Cache::Kind::sliding, 16, 256, 1024)),
                         hand_settings(release, 8192));
  };
  const KvPlan doubled = plan(4, {33, 0});  // Gemma 4 31B
  CHECK(doubled.groups.back().block_size == 32);
  CHECK(doubled.groups.back().page_size_bytes == 262144);
  const KvPlan padded = plan(3, {33, 0});
  CHECK(padded.groups.back().block_size == 16);
  CHECK(padded.groups.back().page_size_bytes == 262144);
  CHECK_FALSE(plan(3, {24, 0}).refused.has_value());
  CHECK(plan(3, {23, 0}).refused.has_value());
  CHECK_FALSE(plan(4, {12, 0}).refused.has_value());
  CHECK(plan(4, {11, 2}).refused.has_value());
}

TEST_CASE("full layers of two page sizes share a group from 0.11 on", "[kv][kv_groups]") {
  const auto plan = [](Release release) {
    return plan_kv_cache(
        hand_windowed(12, 6, hand_cache(Cache::Kind::full, 8, 128), hand_cache(Cache::Kind::full, 4, 128)),
        hand_settings(release, 8192));
  };
  CHECK(plan({11, 0}).groups.size() == 1);
  CHECK(plan({10, 2}).refused.has_value());
}

TEST_CASE("layers of a bucket are dealt round robin, so that stages share every group", "[kv][kv_groups]") {
  KvSettings s = hand_settings({33, 0}, 8192);
  s.parallel.pp = 2;
  const KvPlan plan = plan_kv_cache(hand_gemma3_27b(), s);
  for (const KvStage& stage : plan.stages) {
    CHECK(stage.groups.size() == 7);
    for (const KvGroup& group : stage.groups) CHECK((group.layers == 4 || group.layers == 5));
  }
  CHECK(plan.stages[0].bytes_per_block == 5 * 131072);
}

TEST_CASE("Inkling: conv states as windows of 4 decide the attention's block", "[kv][kv_groups]") {
  Cache conv = hand_cache(Cache::Kind::sliding, 8, 2048, 4);
  conv.head_size_v = 0, conv.block_size = 4, conv.model_dtype = true;
  const Model model = hand_uniform(66, conv);
  Model both = model;
  both.layers[0].caches.push_back(hand_cache(Cache::Kind::full, 8, 128));
  KvSettings s = hand_settings({33, 0}, 131072);
  s.kv_cache_dtype = "fp8";
  const KvPlan plan = plan_kv_cache(both, s);  // planner of 0.33.0
  REQUIRE(plan.groups.size() == 2);
  CHECK(plan.groups[0].block_size == 4);
  CHECK(plan.groups[1].block_size == 64);
  CHECK(plan.stages[0].bytes_per_block == 8650752);
  CHECK(size_kv_pool(plan, s, {Bytes{21474836480}}).max_model_len_that_fits == 9336);
}

TEST_CASE("GLM-5.3-Flash: states are split to fit the block that attention needs", "[kv][kv_groups]") {
  Model model = hand_model(45);
  model.hybrid = true;
  model.sizes.index_topk = 2048;
  const Dim inner{64, 128, Split::even, {}};
  Cache index = hand_vector(Cache::Kind::mla, 132, true, 4), ring = hand_vector(Cache::Kind::circular, 256, true);
  ring.kv_heads = {2, 1, Split::none, {}};
  ring.block_size = 4, ring.ring = Cache::Ring::power_of_two_multiples, ring.packed = true;
  const auto sparse = [](int i) { return i % 4 == 3; };
  hand_layers(model,
              {hand_state(Cache::Mixer::kda,
                          {{3, {inner, inner, inner}, Dtype::model, true}, {128, {inner}, Dtype::float32}}, true)},
              [&](int i) { return !sparse(i); });
  hand_layers(model, {hand_vector(Cache::Kind::mla, 512, false), index, ring}, sparse);
  KvSettings s = hand_settings({33, 0}, 1048576);
  s.parallel.tp = 4;
  const KvPlan plan = plan_kv_cache(model, s);  // planner of 0.33.0, 34 + 11 layers
  CHECK(plan.block_size == 1152);
  CHECK(plan.stages[0].bytes_per_block == 13415424);
  CHECK(plan.groups.size() == 6);
  CHECK(size_kv_pool(plan, s, {Bytes{21474836480}}).tokens == 1815716);
}

TEST_CASE("Llama 4: chunked layers are full attention before 0.14", "[kv][kv_groups]") {
  Model model = hand_model(48);
  hand_layers(model, {hand_cache(Cache::Kind::chunked, 8, 128, 8192)}, [](int i) { return i % 4 != 3; });
  hand_layers(model, {hand_cache(Cache::Kind::full, 8, 128)}, [](int i) { return i % 4 == 3; });
  CHECK(groups(model, {33, 0}) == 4);
  CHECK(groups(model, {11, 2}) == 1);
}
