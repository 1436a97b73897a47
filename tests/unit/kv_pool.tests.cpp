// Whole plans against vLLM's planner: figures of releases 0.19.1, 0.25.1 and 0.33.0 running on the same shapes, and of
// start-up logs; each case names where its numbers are from.
#include "catch.hpp"
#include "hand_made_kv.hpp"

using namespace vram_gauge;

namespace {

Model llama_8b() { return hand_uniform(32, hand_cache(Cache::Kind::full, 8, 128)); }
Model deepseek_v3() { return hand_uniform(61, hand_vector(Cache::Kind::mla, 576, false)); }

}  // namespace

TEST_CASE("one kind of full attention: tokens are bytes over bytes a token", "[kv][kv_pool]") {
  const KvSettings s = hand_settings({33, 0}, 131072);
  const KvPlan plan = plan_kv_cache(llama_8b(), s);
  REQUIRE(plan.groups.size() == 1);
  CHECK(plan.groups[0].page_size_bytes == 65536);
  CHECK(plan.stages[0].bytes_per_block == 2097152);
  CHECK(plan.bytes_per_token == 131072);
  CHECK(tokens_per_gib(plan) == 8192);
  const KvPool pool = size_kv_pool(plan, s, {50 * GiB});
  CHECK(pool.blocks == 25600);
  CHECK(pool.tokens == 409600);
  CHECK(pool.max_concurrency == 3.125);
  KvSettings fp8 = s;
  fp8.kv_cache_dtype = "fp8";
  CHECK(hand_pool(llama_8b(), fp8, 50 * GiB).tokens == 819200);
}

TEST_CASE("too small a pool: the length that vLLM suggests loses the null block from 0.29 on", "[kv][kv_pool]") {
  const KvPool before = hand_pool(llama_8b(), hand_settings({28, 0}, 131072), 10 * GiB);
  CHECK_FALSE(before.starts);
  CHECK(before.max_model_len_that_fits == 81920);
  CHECK(hand_pool(llama_8b(), hand_settings({29, 0}, 131072), 10 * GiB).max_model_len_that_fits == 81904);
  CHECK(hand_pool(llama_8b(), hand_settings({33, 0}, 131072), 16 * GiB).starts == false);
  CHECK(hand_pool(llama_8b(), hand_settings({33, 0}, 131072), 16 * GiB + Bytes{2097152}).starts);
  CHECK(hand_pool(llama_8b(), hand_settings({33, 0}, 131072), Bytes{0}).max_model_len_that_fits == 0);
}

TEST_CASE("num_gpu_blocks_override takes the place of the memory", "[kv][kv_pool]") {
  const KvSettings s = hand_settings({33, 0}, 8192);
  const KvPlan plan = plan_kv_cache(llama_8b(), s);
  const KvPool pool = size_kv_pool(plan, s, {Bytes{0}}, 1000);
  CHECK(pool.blocks == 1000);
  CHECK(pool.starts);
  CHECK_FALSE(size_kv_pool(plan, s, {100 * GiB}, 512).starts);  // 512 blocks hold it, but one is the null block
}

TEST_CASE("tensor parallelism divides KV heads until one is left", "[kv][kv_pool]") {
  for (const auto& [tp, page] : {std::pair{1, 65536}, {4, 16384}, {8, 8192}, {16, 8192}}) {
    KvSettings s = hand_settings({33, 0}, 131072);
    s.parallel.tp = tp;
    CHECK(plan_kv_cache(llama_8b(), s).groups[0].page_size_bytes == page);
  }
}

TEST_CASE("the stage with the most layers decides under pipeline parallelism", "[kv][kv_pool]") {
  KvSettings s = hand_settings({33, 0}, 163840);
  s.parallel.pp = 2;
  const KvPlan plan = plan_kv_cache(deepseek_v3(), s);
  REQUIRE(plan.stages.size() == 2);
  CHECK(plan.stages[0].bytes_per_block == 31 * 18432);
  CHECK(plan.stages[1].bytes_per_block == 30 * 18432);
  CHECK(size_kv_pool(plan, s, {20 * GiB}).blocks == 37583);            // planner of 0.19.1 and 0.33.0
  CHECK(size_kv_pool(plan, s, {20 * GiB, 19 * GiB}).blocks == 36894);  // now the second stage
}

TEST_CASE("dense MLA: one vector a token on every rank, blocks of 64 with fp8 on Hopper", "[kv][kv_pool]") {
  KvSettings s = hand_settings({19, 1}, 163840);
  s.parallel.tp = 2;
  CHECK(hand_pool(deepseek_v3(), s, Bytes{21474836480}).tokens == 305584);
  CHECK(hand_pool(deepseek_v3(), s, Bytes{4294967296}).max_model_len_that_fits == 61104);
  s.kv_cache_dtype = "fp8";
  const KvPool pool = hand_pool(deepseek_v3(), s, Bytes{123456789012});
  CHECK(pool.blocks == 54901);
  CHECK(pool.tokens == 3513664);
  CHECK(pool.max_concurrency == 21.445703125);
}

TEST_CASE("sparse MLA keeps an indexer's cache beside each layer's, in one group", "[kv][kv_pool]") {
  Model model = hand_model(61);
  model.sizes.index_topk = 2048;
  model.sizes.rope_dim = 64;
  hand_layers(model, {hand_vector(Cache::Kind::mla, 132, true), hand_vector(Cache::Kind::mla, 576, false)},
              [](int) { return true; });
  KvSettings s = hand_settings({33, 0}, 163840);
  KvPlan plan = plan_kv_cache(model, s);
  CHECK(plan.block_size == 64);
  REQUIRE(plan.groups.size() == 1);
  CHECK(plan.groups[0].kind == "uniform");
  CHECK(plan.stages[0].bytes_per_block == 5012736);
  s.kv_cache_dtype = "fp8";  // FlashMLA's packed rows of 656 bytes
  CHECK(plan_kv_cache(model, s).stages[0].bytes_per_block == 3076352);
  CHECK(hand_pool(model, s, 10 * GiB).blocks == 3490);
  s.kv_cache_dtype = "fp8_e4m3";  // FlashInfer reads plain fp8
  CHECK(plan_kv_cache(model, s).stages[0].bytes_per_block == 61 * 64 * (576 + 132));
  s.kv_cache_dtype = "fp8", s.capability = 100;  // the same
  CHECK(plan_kv_cache(model, s).stages[0].bytes_per_block == 61 * 64 * (576 + 132));
}

TEST_CASE("windows beside full attention: Gemma 3 27B", "[kv][kv_pool]") {
  // Groups of 10 layers, 8 of them padding; a request holds the window and the tokens in flight, twice from 0.26 on.
  for (const auto& [release, blocks] :
       {std::pair{Release{25, 1}, 11654}, {Release{26, 0}, 14726}, {Release{33, 0}, 14726}}) {
    const KvPlan plan = plan_kv_cache(hand_gemma3_27b(), hand_settings(release, 131072));
    CHECK(plan.groups.size() == 7);
    CHECK(plan.stages[0].bytes_per_block == 1310720);
    CHECK(plan.log_blocks == blocks);
  }
  const KvPool pool = hand_pool(hand_gemma3_27b(), hand_settings({25, 1}, 131072), 15 * GiB);
  CHECK(pool.blocks == 12288);
  CHECK(pool.tokens == 138202);
  CHECK_FALSE(hand_pool(hand_gemma3_27b(), hand_settings({26, 0}, 131072), 15 * GiB).starts);
  CHECK(hand_pool(hand_gemma3_27b(), hand_settings({26, 0}, 131072, 2048), 15 * GiB).tokens == 159182);
  // A log of 0.19: 19.53 GiB, 8,192 tokens: 36,560 by the formula of that time.
  CHECK(hand_pool(hand_gemma3_27b(), hand_settings({19, 0}, 8192), Bytes{20970000000}).tokens == 36560);
}

TEST_CASE("windows beside full attention: gpt-oss 20B", "[kv][kv_pool]") {
  const KvPool pool = hand_pool(hand_gpt_oss_20b(), hand_settings({26, 0}, 131072), 50 * GiB);
  CHECK(pool.blocks == 136533);
  CHECK(pool.tokens == 1939908);
  KvSettings off = hand_settings({26, 0}, 131072);
  off.hybrid_manager = false;
  const KvPlan plan = plan_kv_cache(hand_gpt_oss_20b(), off);
  REQUIRE(plan.groups.size() == 1);
  CHECK(plan.groups[0].kind == "full");
  CHECK(plan.groups[0].layers == 24);
  CHECK(plan.log_blocks == 8192);
}

TEST_CASE("states beside attention: blocks grow until a page holds a state", "[kv][kv_pool]") {
  KvSettings s = hand_settings({32, 0}, 262144);
  KvPlan plan = plan_kv_cache(hand_qwen3_next(), s);
  CHECK(plan.block_size == 544);
  CHECK(plan.groups.size() == 4);
  CHECK(plan.stages[0].bytes_per_block == 13369344);
  CHECK(plan.log_blocks == 488);
  CHECK(size_kv_pool(plan, s, {20 * GiB}).tokens == 862711);
  s.prefix_caching = false;
  CHECK(plan_kv_cache(hand_qwen3_next(), s).log_blocks == 485);
  s = hand_settings({33, 0}, 262144);  // FlashInfer exports checkpoints: multiples of 64, one block more
  plan = plan_kv_cache(hand_qwen3_next(), s);
  CHECK(plan.block_size == 576);
  CHECK(plan.log_blocks == 465);
  CHECK(size_kv_pool(plan, s, {20 * GiB}).tokens == 855209);
  s.parallel.tp = 4;
  CHECK(plan_kv_cache(hand_qwen3_next(), s).block_size == 320);
  CHECK(plan_kv_cache(hand_qwen3_next(), s).log_blocks == 829);
  s.capability = 80;
  CHECK(plan_kv_cache(hand_qwen3_next(), s).block_size == 272);
}

TEST_CASE("Mamba-2 hybrids hold a checkpoint block more from 0.32 on", "[kv][kv_pool]") {
  for (const auto& [release, tokens] : {std::pair{Release{31, 0}, 609214}, {Release{32, 0}, 589349}})
    CHECK(hand_pool(hand_granite_hybrid(), hand_settings(release, 131072), 10 * GiB).tokens == tokens);
  CHECK(plan_kv_cache(hand_granite_hybrid(), hand_settings({31, 0}, 131072)).block_size == 528);
}

TEST_CASE("DeepSeek-V4 packs pages of several sizes into a block", "[kv][kv_pool]") {
  const KvSettings s = hand_settings({33, 0}, 1048576, 2048);
  const KvPlan plan = plan_kv_cache(hand_deepseek_v4(), s);
  CHECK(plan.block_size == 256);
  CHECK(plan.stages[0].bytes_per_block == 1002240);
  REQUIRE(plan.groups.size() == 5);
  std::int64_t layers = 0;
  for (const KvGroup& group : plan.groups) layers += group.layers;
  CHECK(layers == 22 + 21 + 62 + 42 + 20);
  const KvPool pool = size_kv_pool(plan, s, {Bytes{21474836480}});  // planner of 0.33.0
  CHECK(pool.blocks == 21426);
  CHECK(pool.tokens == 3882957);
  // To 0.28 the start-up test charged 22 slots of both page sizes a block.
  CHECK(plan_kv_cache(hand_deepseek_v4(), hand_settings({28, 0}, 131072)).stages[0].bytes_per_need ==
        22 * (37440 + 8640 + 1728));
}

TEST_CASE("encoder-only and cache-free models plan nothing and start", "[kv][kv_pool]") {
  Model model = hand_model(12);
  model.encoder_only = true;
  const KvSettings s = hand_settings({33, 0}, 512);
  const KvPlan plan = plan_kv_cache(model, s);
  CHECK(plan.no_cache);
  CHECK(size_kv_pool(plan, s, {Bytes{0}}).starts);
}

TEST_CASE("decode context parallelism divides the tokens of full attention", "[kv][kv_pool]") {
  KvSettings s = hand_settings({33, 0}, 163840);
  s.parallel.tp = 8, s.parallel.dcp = 4;
  const KvPool pool = hand_pool(deepseek_v3(), s, 10 * GiB);
  CHECK(pool.blocks == 9549);
  CHECK(pool.max_concurrency == 9549.0 / 2560);
  CHECK(plan_kv_cache(llama_8b(), s).refused->code == "vllm-refuses/decode-context-parallel");
  s.parallel.dcp = 3;
  CHECK(plan_kv_cache(deepseek_v3(), s).refused.has_value());
}
