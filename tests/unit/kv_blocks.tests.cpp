// Block sizes: vLLM's default by attention backend, and what hybrid models align to.
#include "catch.hpp"
#include "hand_made_kv.hpp"
#include "speculation.hpp"

using namespace vram_gauge;

namespace {

std::int64_t block_size(const Model& model, Release release, int capability, std::string_view kv_dtype = "auto") {
  KvSettings s = hand_settings(release, 8192);
  s.capability = capability;
  s.kv_cache_dtype = kv_dtype;
  return plan_kv_cache(model, s).block_size;
}

Model kimi_k3() {
  Model model = hand_model(93);
  model.hybrid = true;
  const Dim inner{96, 128, Split::even, {}};
  const State conv{3, {inner, inner, inner}, Dtype::model, true}, recurrent{128, {inner}, Dtype::float32};
  hand_layers(model, {hand_state(Cache::Mixer::kda, {conv, recurrent}, true)},
              [](int i) { return i % 4 != 3 && i != 92; });
  hand_layers(model, {hand_vector(Cache::Kind::mla, 576, false)}, [](int i) { return i % 4 == 3 || i == 92; });
  return model;
}

Model minimax_m3() {
  Model model = hand_model(60);
  Cache sparse = hand_cache(Cache::Kind::full, 4, 128), index = hand_vector(Cache::Kind::mla, 128, false);
  sparse.kernel_block = index.kernel_block = 128;
  index.model_dtype = true;
  hand_layers(model, {hand_cache(Cache::Kind::full, 4, 128)}, [](int i) { return i < 3; });
  hand_layers(model, {sparse, index}, [](int i) { return i >= 3; });
  return model;
}

}  // namespace

TEST_CASE("default block size by backend, GPU and KV dtype", "[kv][kv_blocks]") {
  const Model dense = hand_uniform(2, hand_cache(Cache::Kind::full, 8, 128)),
              mla = hand_uniform(2, hand_vector(Cache::Kind::mla, 576, false));
  CHECK(block_size(dense, {33, 0}, 90) == 16);
  CHECK(block_size(dense, {33, 0}, 100) == 16);
  CHECK(block_size(mla, {33, 0}, 90) == 16);
  CHECK(block_size(mla, {33, 0}, 90, "fp8") == 64);
  CHECK(block_size(mla, {33, 0}, 100) == 32);
  CHECK(block_size(mla, {33, 0}, 120) == 16);
  CHECK(block_size(mla, {33, 0}, 89) == 16);
  CHECK(block_size(mla, {17, 1}, 90) == 64);
  CHECK(block_size(hand_uniform(2, hand_cache(Cache::Kind::full, 4, 512)), {33, 0}, 90, "fp8") == 64);
  CHECK(block_size(hand_uniform(2, hand_cache(Cache::Kind::full, 4, 512)), {30, 0}, 90, "fp8") == 16);
  KvSettings s = hand_settings({33, 0}, 8192);
  s.block_size = 128;
  CHECK(plan_kv_cache(dense, s).block_size == 128);
}

TEST_CASE("from 0.31 the block suits every backend of the model, before only the first", "[kv][kv_blocks]") {
  CHECK(block_size(minimax_m3(), {25, 1}, 90) == 16);
  CHECK(block_size(minimax_m3(), {33, 0}, 90) == 128);
  KvSettings s = hand_settings({33, 0}, 8192);
  CHECK(plan_kv_cache(minimax_m3(), s).stages[0].bytes_per_block == 17596416);  // planner of 0.33.0
  s.kv_cache_dtype = "fp8";
  CHECK(plan_kv_cache(minimax_m3(), s).stages[0].bytes_per_block == 9732096);
}

TEST_CASE("hybrids with MLA align to 128 from 0.27, to the kernel's block from 0.20, to 64 before", "[kv][kv_blocks]") {
  KvSettings s = hand_settings({33, 0}, 8192);
  const KvPlan plan = plan_kv_cache(kimi_k3(), s);  // planner of 0.33.0
  CHECK(plan.block_size == 5760);
  CHECK(plan.stages[0].bytes_per_block == 159252480);
  CHECK(size_kv_pool(plan, s, {Bytes{21474836480}}).tokens == 99793);
  CHECK(block_size(kimi_k3(), {26, 0}, 90) == 5664);
  CHECK(block_size(kimi_k3(), {19, 1}, 90) == 5696);
}

TEST_CASE("window layers take the common block, the smallest, and the largest that fits, by release",
          "[kv][kv_blocks]") {
  KvSettings s = hand_settings({24, 0}, 8192);
  s.block_size = 64;
  CHECK(plan_kv_cache(hand_gpt_oss_20b(), s).groups[0].block_size == 64);
  s.release = {29, 0};  // 16, then unified with the full layers' page of 64
  CHECK(plan_kv_cache(hand_gpt_oss_20b(), s).groups[0].block_size == 64);
  const Model windows = hand_uniform(4, hand_cache(Cache::Kind::sliding, 8, 64, 128));
  CHECK(plan_kv_cache(windows, s).groups[0].block_size == 16);
  s.release = {30, 0};
  CHECK(plan_kv_cache(windows, s).groups[0].block_size == 64);
}

TEST_CASE("rings grow with speculative tokens", "[kv][kv_blocks]") {
  const auto rows = [](Cache::Ring ring, std::int64_t base, std::int64_t speculative) {
    Cache cache = hand_vector(Cache::Kind::circular, 256, true);
    cache.block_size = base;
    cache.ring = ring;
    KvSettings s = hand_settings({33, 0}, 8192);
    s.num_speculative_tokens = speculative;
    return plan_kv_cache(hand_uniform(2, cache), s).groups[0].block_size;
  };
  CHECK(rows(Cache::Ring::multiples, 4, 0) == 4);
  CHECK(rows(Cache::Ring::multiples, 4, 5) == 12);
  CHECK(rows(Cache::Ring::power_of_two_multiples, 4, 5) == 16);
  CHECK(rows(Cache::Ring::power_of_two, 8, 3) == 8);
  CHECK(rows(Cache::Ring::power_of_two, 8, 7) == 16);
}

TEST_CASE("a drafter's layer joins the full-attention layers, states hold a block per speculative token",
          "[kv][kv_blocks]") {
  // Start-up log of 0.25.1: Qwen3.6-35B-A3B, 3 MTP tokens, 74.22 GiB: block 1072, 10 + 1 layers, 3,300 blocks.
  Model model = hand_model(40);
  model.hybrid = true;
  const Dim keys{16, 128, Split::even, {}}, values{32, 128, Split::even, {}};
  hand_layers(model,
              {hand_state(Cache::Mixer::gated_delta_net,
                          {{3, {keys, keys, values}, Dtype::model, true}, {128, {values}, Dtype::float32}}, true)},
              [](int i) { return i % 4 != 3; });
  hand_layers(model, {hand_cache(Cache::Kind::full, 2, 256)}, [](int i) { return i % 4 == 3; });
  KvSettings s = hand_settings({25, 1}, 262144);
  s.prefix_caching = false;
  s.num_speculative_tokens = 3;
  s.draft_layers = *speculative_method("qwen3_next_mtp").cache_layers;
  const KvPlan plan = plan_kv_cache(model, s);
  CHECK(plan.block_size == 1072);
  CHECK(plan.log_blocks == 245 + 12);
  const KvPool pool = size_kv_pool(plan, s, {Bytes{79696000000}});
  CHECK(pool.blocks == 3300);
  CHECK(pool.tokens == 3366051);
  CHECK_FALSE(plan.inexact.empty());
  CHECK(speculative_method("ngram").cache_layers == 0);
  CHECK_FALSE(speculative_method("draft_model").cache_layers);
}

TEST_CASE("each pipeline stage chooses for its own layers' backends", "[kv][kv_blocks]") {
  // Planner of 0.25.1: blocks of 16 on the stage that begins with FlashAttention, of 128 on the other; 39 groups of 3.
  KvSettings s = hand_settings({25, 1}, 1048576);
  s.parallel.pp = 2;
  const KvPlan plan = plan_kv_cache(minimax_m3(), s);
  CHECK(plan.stages[0].groups.size() == 39);
  CHECK(size_kv_pool(plan, s, {Bytes{21474836480}}).max_model_len_that_fits == 156032);
  CHECK(size_kv_pool(plan, s, {Bytes{123456789012}}).max_model_len_that_fits == 898048);
}
