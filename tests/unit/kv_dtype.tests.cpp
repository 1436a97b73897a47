#include "kv_dtype.hpp"
#include "catch.hpp"
#include "hand_made_kv.hpp"

using namespace vram_gauge;

TEST_CASE("bytes of a token and head by KV dtype", "[kv][kv_dtype]") {
  const auto bytes = [](std::string_view name, KvHead head) {
    return kv_bytes_per_token(*find_kv_dtype(name), head, Dtype::bfloat16);
  };
  const KvHead head{128, 128};
  CHECK(bytes("auto", head) == 512);
  CHECK(bytes("float16", head) == 512);
  CHECK(bytes("fp8_e5m2", head) == 256);
  CHECK(bytes("fp8_per_token_head", head) == 264);
  CHECK(bytes("int4_per_token_head", head) == 136);
  CHECK(bytes("int4_per_token_head", {128, 128, 0, true}) == 264);
  CHECK(bytes("nvfp4", head) == 144);
  CHECK(bytes("turboquant_k8v4", head) == 196);
  CHECK(bytes("turboquant_3bit_nc", head) == 102);
  CHECK(bytes("ultraquant_4bit", {256, 256}) == 272);
  CHECK(bytes("fp8", {576, 0}) == 576);
  CHECK(kv_bytes_per_token(*find_kv_dtype("auto"), head, Dtype::float32) == 1024);
  CHECK(find_kv_dtype("int8") == nullptr);
}

TEST_CASE("KV dtypes that a release, GPU or model cannot", "[kv][kv_dtype]") {
  const auto refused = [](std::string_view name, const Model& model, KvSettings s) {
    s.kv_cache_dtype = name;
    const KvPlan plan = plan_kv_cache(model, s);
    return plan.refused && plan.refused->code == "vllm-refuses/kv-dtype-unsupported";
  };
  const Model dense = hand_uniform(4, hand_cache(Cache::Kind::full, 8, 128));
  const Model mla = hand_uniform(4, hand_vector(Cache::Kind::mla, 576, false));
  const KvSettings h100 = hand_settings({33, 0}, 4096);
  KvSettings a100 = h100, b200 = h100;
  a100.capability = 80, b200.capability = 100;
  CHECK_FALSE(refused("fp8", dense, h100));
  CHECK_FALSE(refused("fp8", dense, a100));  // FlashInfer reads it
  CHECK(refused("fp8", mla, a100));          // Triton does not below SM89
  CHECK_FALSE(refused("fp8", mla, h100));
  CHECK(refused("fp8", hand_uniform(4, hand_cache(Cache::Kind::full, 8, 512)), a100));
  CHECK(refused("int8", dense, h100));
  CHECK(refused("nvfp4", dense, hand_settings({32, 0}, 4096)));
  CHECK_FALSE(refused("nvfp4", dense, b200));
  CHECK(refused("nvfp4", dense, hand_settings({19, 1}, 4096)));
  CHECK(refused("fp8_ds_mla", mla, h100));
  CHECK(refused("octave_k3v4", dense, h100));
  CHECK(refused("float16", dense, h100));  // the model computes in bfloat16
  CHECK_FALSE(refused("float16", dense, hand_settings({32, 0}, 4096)));
  CHECK_FALSE(refused("bfloat16", dense, h100));
  CHECK(refused("int8_per_token_head", mla, b200));
}

TEST_CASE("layers at both ends stay in the model's dtype under turboquant", "[kv][kv_dtype]") {
  KvSettings s = hand_settings({33, 0}, 4096);
  s.kv_cache_dtype = "turboquant_k8v4";
  const KvPlan plan = plan_kv_cache(hand_uniform(32, hand_cache(Cache::Kind::full, 8, 128)), s);
  CHECK(plan.block_size == 32);  // 16 · ceil(4096 / 2048): the first layer, which packs nothing, tells a token's width
  CHECK(plan.stages[0].bytes_per_block == 32 * (28 * 8 * 196 + 4 * 8 * 512));
}
