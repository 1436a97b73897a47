// What must hold for any model and setting, over models drawn at random (always the same ones).
#include <random>

#include "catch.hpp"
#include "hand_made_kv.hpp"

using namespace vram_gauge;

namespace {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::int64_t roll(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(engine_() % static_cast<std::uint32_t>(high - low + 1));
  }
  std::int64_t one_of(std::initializer_list<std::int64_t> values) {
    return values.begin()[roll(0, static_cast<std::int64_t>(values.size()) - 1)];
  }

 private:
  std::mt19937 engine_;
};

Cache attention(Dice& dice) {
  const std::int64_t heads = dice.one_of({1, 2, 4, 8, 16}), size = dice.one_of({64, 128, 256});
  switch (dice.roll(0, 3)) {
    case 0:
      return hand_cache(Cache::Kind::full, heads, size);
    case 1:
      return hand_cache(Cache::Kind::sliding, heads, size, dice.roll(1, 4096));
    case 2:
      return hand_cache(Cache::Kind::chunked, heads, size, dice.one_of({512, 8192}));
    default:
      return hand_vector(Cache::Kind::mla, 576, false);
  }
}

Cache state(Dice& dice) {
  const Dim inner{dice.one_of({16, 32, 64}), 128, Split::even, {}};
  const auto mixer = dice.roll(0, 1) ? Cache::Mixer::mamba2 : Cache::Mixer::gated_delta_net;
  return hand_state(mixer, {{3, {inner}, Dtype::model, true}, {dice.one_of({16, 64, 128}), {inner}, Dtype::float32}},
                    true);
}

Model model(Dice& dice) {
  Model m = hand_model(dice.roll(2, 64));
  const std::int64_t period = dice.roll(1, 6);
  m.hybrid = dice.roll(0, 2) == 0;
  const Cache first = m.hybrid ? state(dice) : attention(dice);
  hand_layers(m, {m.hybrid ? hand_cache(Cache::Kind::full, dice.one_of({2, 8}), 128) : attention(dice)},
              [&](int i) { return i % period == 0; });
  if (period > 1) hand_layers(m, {first}, [&](int i) { return i % period != 0; });
  return m;
}

KvSettings settings(Dice& dice) {
  const auto releases = known_releases();
  KvSettings s = hand_settings(
      releases[static_cast<std::size_t>(dice.roll(0, static_cast<std::int64_t>(releases.size()) - 1))].release,
      dice.roll(1, 200000), dice.one_of({512, 2048, 8192}));
  s.prefix_caching = dice.roll(0, 1) == 1;
  s.async_scheduling = dice.roll(0, 3) > 0;
  s.hybrid_manager = dice.roll(0, 4) > 0;
  s.capability = static_cast<int>(dice.one_of({80, 90, 100, 120}));
  return s;
}

// Calls check(model, settings, plan, dice) for many plans that vLLM would make.
template <class Check>
void over_random_plans(Check check) {
  int planned = 0;
  for (std::uint32_t seed = 0; seed < 1500; ++seed) {
    Dice dice(seed);
    const Model m = model(dice);
    const KvSettings s = settings(dice);
    const KvPlan plan = plan_kv_cache(m, s);
    if (plan.refused) continue;
    ++planned;
    CAPTURE(seed);
    check(m, s, plan, dice);
  }
  CHECK(planned > 800);
}

}  // namespace

TEST_CASE("tokens never fall when memory grows", "[kv][kv_properties]") {
  over_random_plans([](const Model&, const KvSettings& s, const KvPlan& plan, Dice& dice) {
    KvPool less;
    for (Bytes memory{dice.roll(0, 1 << 20)}; memory.count < (std::int64_t{1} << 42);
         memory.count = memory.count * 3 + 12345) {
      const KvPool more = size_kv_pool(plan, s, {memory});
      REQUIRE(more.tokens >= less.tokens);
      REQUIRE(more.blocks >= less.blocks);
      REQUIRE(more.max_model_len_that_fits >= less.max_model_len_that_fits);
      REQUIRE((more.starts || !less.starts));
      less = more;
    }
  });
}

TEST_CASE("fp8 keys never need more than 16-bit ones", "[kv][kv_properties]") {
  over_random_plans([](const Model& m, const KvSettings& s, const KvPlan&, Dice& dice) {
    KvSettings fp8 = s;
    fp8.kv_cache_dtype = "fp8";
    if (m.hybrid || plan_kv_cache(m, fp8).refused) return;  // a hybrid's blocks grow instead: more tokens each
    // A block of twice the tokens may round a request up by one more; beyond that fp8 must not hold less.
    const Bytes memory{dice.roll(std::int64_t{1} << 28, (std::int64_t{1} << 32) - 1) * 4};
    const KvPool wide = hand_pool(m, s, memory), narrow = hand_pool(m, fp8, memory);
    const KvPlan wide_plan = plan_kv_cache(m, s), narrow_plan = plan_kv_cache(m, fp8);
    REQUIRE(narrow_plan.stages[0].bytes_per_block * wide_plan.block_size <=
            wide_plan.stages[0].bytes_per_block * narrow_plan.block_size);
    REQUIRE((narrow.starts || !wide.starts));
  });
}

TEST_CASE("tensor parallelism never raises what one rank needs", "[kv][kv_properties]") {
  over_random_plans([](const Model& m, const KvSettings& s, const KvPlan& plan, Dice&) {
    std::int64_t before = plan.stages[0].bytes_per_need * plan.log_blocks;
    for (const std::int64_t tp : {2, 4, 8}) {
      KvSettings wider = s;
      wider.parallel.tp = tp;
      const KvPlan split = plan_kv_cache(m, wider);
      if (split.refused) return;
      // Hybrids' blocks are as long as a state needs; the last block's rounding may add one.
      const std::int64_t slack = m.hybrid ? split.stages[0].bytes_per_need : 0;
      REQUIRE(split.stages[0].bytes_per_need * split.log_blocks <= before + slack);
      before = split.stages[0].bytes_per_need * split.log_blocks;
    }
  });
}

TEST_CASE("pipeline stages hold every layer once", "[kv][kv_properties]") {
  over_random_plans([](const Model& m, const KvSettings& s, const KvPlan& plan, Dice& dice) {
    KvSettings staged = s;
    staged.parallel.pp = dice.roll(2, std::min<std::int64_t>(m.sizes.layers, 8));
    const KvPlan split = plan_kv_cache(m, staged);
    if (split.refused) return;
    REQUIRE(static_cast<std::int64_t>(split.stages.size()) == staged.parallel.pp);
    std::int64_t layers = 0, all = 0;
    for (const KvStage& stage : split.stages)
      for (const KvGroup& group : stage.groups) layers += group.layers;
    for (const KvGroup& group : plan.stages[0].groups) all += group.layers;
    REQUIRE(layers == all);
    if (s.release >= Release{8, 0}) REQUIRE(all == m.sizes.layers);  // the V0 engine keeps states elsewhere
  });
}

TEST_CASE("a pool that starts holds one sequence of max_model_len, and more memory is never fewer sequences",
          "[kv][kv_properties]") {
  over_random_plans([](const Model&, const KvSettings& s, const KvPlan& plan, Dice& dice) {
    const Bytes memory{dice.roll(1, 1 << 30) * 37};
    const KvPool pool = size_kv_pool(plan, s, {memory});
    if (pool.starts && s.holds(Rule::null_block_reserved))
      REQUIRE(sequences_at(plan, s, pool.blocks, s.max_model_len) >= 1);
    for (const std::int64_t tokens : {std::int64_t{1}, s.max_model_len / 2, s.max_model_len}) {
      if (tokens < 1) continue;
      REQUIRE(sequences_at(plan, s, pool.blocks + 1, tokens) >= sequences_at(plan, s, pool.blocks, tokens));
      REQUIRE(blocks_of_sequence(plan, s, tokens) <= blocks_of_sequence(plan, s, tokens + 1));
    }
  });
}

TEST_CASE("the longest context is the last one at which the sequences still fit", "[kv][kv_properties]") {
  over_random_plans([](const Model&, const KvSettings& s, const KvPlan& plan, Dice& dice) {
    const std::int64_t blocks = dice.roll(1, 1 << 20), sequences = dice.one_of({1, 2, 3, 10, 100, 1000});
    const std::int64_t context = context_at(plan, s, blocks, sequences);
    REQUIRE(context <= s.max_model_len);
    if (context > 0) REQUIRE(sequences_at(plan, s, blocks, context) >= sequences);
    if (context < s.max_model_len) REQUIRE(sequences_at(plan, s, blocks, context + 1) < sequences);
  });
}
