#include "rule_of_thumb.hpp"
#include "catch.hpp"

using namespace vram_gauge;

namespace {

// Llama-2-7B on 24 GiB.
RuleOfThumbInput llama_2_7b() {
  RuleOfThumbInput in;
  in.params = params_of_billions(7.0);
  in.dtype = "fp16";
  in.layers = 32;
  in.kv_heads = 32;
  in.head_dim = 128;
  in.memory = 24 * GiB;
  in.context = 4096;
  return in;
}

}  // namespace

TEST_CASE("rule of thumb: weights are parameters times bytes, a quantization overrides the dtype", "[rule_of_thumb]") {
  RuleOfThumbInput in = llama_2_7b();
  CHECK(rule_of_thumb(in).weights.count == 14'000'000'000);
  in.dtype = "auto";
  CHECK(rule_of_thumb(in).weights.count == 14'000'000'000);
  in.dtype = "float32";
  CHECK(rule_of_thumb(in).weights.count == 28'000'000'000);
  in.quantization = "awq";
  CHECK(rule_of_thumb(in).weights.count == 3'850'000'000);
  in.quantization = "int8";
  CHECK(rule_of_thumb(in).weights.count == 7'000'000'000);
  CHECK(rule_of_thumb(in).notes.empty());
  in.quantization = "mxfp4";
  CHECK(rule_of_thumb(in).weights.count == 28'000'000'000);
  CHECK(rule_of_thumb(in).notes.at(0).code == "quantization-without-rate");
}

TEST_CASE("rule of thumb: the KV cache is truncated after the fragmentation factor", "[rule_of_thumb]") {
  RuleOfThumbInput in = llama_2_7b();
  CHECK(rule_of_thumb(in).kv_cache.count == 2'469'606'195);
  in.fragmentation_factor = 1.0;
  CHECK(rule_of_thumb(in).kv_cache.count == 2'147'483'648);
  in.kv_heads = 8;
  CHECK(rule_of_thumb(in).kv_cache.count == 536'870'912);
  in.kv_cache_dtype = "fp8_e5m2";
  CHECK(rule_of_thumb(in).kv_cache.count == 268'435'456);
  in.kv_heads = 0;
  CHECK(rule_of_thumb(in).kv_cache.count == 0);
  CHECK(rule_of_thumb(in).max_concurrency_at_context == 0);
  CHECK(rule_of_thumb(in).notes.at(0).code == "kv-cache-unknown");
}

TEST_CASE("rule of thumb: overhead grows with memory and tensor parallelism", "[rule_of_thumb]") {
  RuleOfThumbInput in = llama_2_7b();
  CHECK(rule_of_thumb(in).overhead == GiB);
  in.tp = 2;
  CHECK(rule_of_thumb(in).overhead.count == 1'342'177'280);
  in.tp = 1;
  in.memory = 80 * GiB;
  CHECK(rule_of_thumb(in).overhead.count == 1'717'986'918);
  in.overhead_gb = 3.0;
  CHECK(rule_of_thumb(in).overhead == 3 * GiB);
}

TEST_CASE("rule of thumb: limits are floors of what is left", "[rule_of_thumb]") {
  RuleOfThumbInput in = llama_2_7b();
  in.fragmentation_factor = 1.0;
  in.overhead_gb = 1.0;
  in.gpu_memory_utilization = 1.0;
  in.params = {7 * GiB.count};
  CHECK(rule_of_thumb(in).max_concurrency_at_context == 4);  // (24 - 14 - 1) / 2
  in.concurrency = 2;
  CHECK(rule_of_thumb(in).max_context_at_concurrency == 9 * 1024 * 2 / 2);
  in.memory = 12 * GiB;
  CHECK(rule_of_thumb(in).max_concurrency_at_context == 0);
  CHECK(rule_of_thumb(in).max_context_at_concurrency == 0);
}

TEST_CASE("rule of thumb: risk, fit and warnings follow the headroom", "[rule_of_thumb]") {
  RuleOfThumbInput in = llama_2_7b();
  RuleOfThumb out = rule_of_thumb(in);
  CHECK(out.headroom.count == 5'649'475'379);
  CHECK(out.fits);
  CHECK(out.oom_risk == OomRisk::low);
  CHECK(out.warnings.empty());

  in.concurrency = 3;
  out = rule_of_thumb(in);
  CHECK(out.headroom.count < GiB.count);
  CHECK_FALSE(out.fits);
  CHECK(out.oom_risk == OomRisk::medium);
  REQUIRE(out.warnings.size() == 2);
  CHECK(out.warnings[1].message == "Medium risk of running out of memory: only 0.66 GiB left.");

  in.concurrency = 8;
  out = rule_of_thumb(in);
  CHECK(out.oom_risk == OomRisk::high);
  REQUIRE(out.warnings.size() == 3);
  CHECK(out.warnings[0].message ==
        "Does not fit with the headroom asked for: 32.44 GiB required, 21.60 GiB allocatable.");
  CHECK(out.warnings[2].code == "kv-cache-dominates");
}

TEST_CASE("rule of thumb: amounts past 2^62 stay there", "[rule_of_thumb]") {
  RuleOfThumbInput in = llama_2_7b();
  in.context = max_tokens;
  in.concurrency = max_tokens;
  CHECK(rule_of_thumb(in).kv_cache.count == std::int64_t{1} << 62);
  CHECK_FALSE(rule_of_thumb(in).fits);
}
