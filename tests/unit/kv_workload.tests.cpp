#include "catch.hpp"
#include "hand_made_kv.hpp"

using namespace vram_gauge;

TEST_CASE("full attention: sequences take whole blocks, and the null block is nobody's", "[kv][kv_workload]") {
  const KvSettings s = hand_settings({33, 0}, 4096);
  const KvPlan plan = plan_kv_cache(hand_uniform(32, hand_cache(Cache::Kind::full, 8, 128)), s);
  CHECK(blocks_of_sequence(plan, s, 0) == 0);
  CHECK(blocks_of_sequence(plan, s, 1) == 1);
  CHECK(blocks_of_sequence(plan, s, 16) == 1);
  CHECK(blocks_of_sequence(plan, s, 17) == 2);
  CHECK(sequences_at(plan, s, 257, 4096) == 1);
  CHECK(sequences_at(plan, s, 256, 4096) == 0);
  CHECK(sequences_at(plan, s, 1025, 1000) == 16);
  CHECK(context_at(plan, s, 1025, 16) == 1024);
  CHECK(context_at(plan, s, 1025, 4) == 4096);
  CHECK(context_at(plan, s, 1025, 1) == 4096);  // max_model_len
  CHECK(context_at(plan, s, 1025, 1025) == 0);
}

TEST_CASE("windows: a decoding sequence holds the window, one that is admitted its prefill too", "[kv][kv_workload]") {
  const KvSettings s = hand_settings({33, 0}, 131072, 2048);
  const KvPlan plan = plan_kv_cache(hand_gpt_oss_20b(), s);  // one full group, one of a window of 128
  CHECK(blocks_of_sequence(plan, s, 64) == 4 + 4);
  CHECK(blocks_of_sequence(plan, s, 16384) == 1024 + 9);
  const std::int64_t admitted = 1024 + 265;  // 127 + 2 · 2048 tokens in flight, and one block more
  CHECK(blocks_to_admit(plan, 16384) == admitted);
  CHECK(sequences_at(plan, s, admitted, 16384) == 0);
  CHECK(sequences_at(plan, s, admitted + 1, 16384) == 1);
  CHECK(sequences_at(plan, s, admitted + 1 + 1033, 16384) == 2);
  CHECK(context_at(plan, s, admitted + 1 + 1033, 2) == 16384);
}

TEST_CASE("states take the same blocks at any length", "[kv][kv_workload]") {
  const KvSettings s = hand_settings({33, 0}, 262144);
  const KvPlan plan = plan_kv_cache(hand_qwen3_next(), s);
  CHECK(blocks_of_sequence(plan, s, 576 * 10) == 10 + 3 * 2);
  CHECK(blocks_of_sequence(plan, s, 262144) == 456 + 3 * 2);
  CHECK(plan.bytes_per_sequence == 6 * 14155776);
  CHECK(plan.bytes_per_token == 24576);
}

TEST_CASE("the two questions agree with each other", "[kv][kv_workload]") {
  const KvSettings s = hand_settings({33, 0}, 32768);
  for (const Model& model :
       {hand_gemma3_27b(), hand_gpt_oss_20b(), hand_qwen3_next(), hand_granite_hybrid(), hand_deepseek_v4()}) {
    const KvPlan plan = plan_kv_cache(model, s);
    for (const std::int64_t blocks : {3000, 20000, 100000})
      for (const std::int64_t sequences : {1, 2, 7, 40}) {
        const std::int64_t context = context_at(plan, s, blocks, sequences);
        if (context > 0) CHECK(sequences_at(plan, s, blocks, context) >= sequences);
        if (context < s.max_model_len) CHECK(sequences_at(plan, s, blocks, context + 1) < sequences);
      }
  }
}
