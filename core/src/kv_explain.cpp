// Why two releases give a model a different KV cache: each rule that holds in one of them only is switched alone, in
// the order of releases, and what it does to the tokens is said.
#include <algorithm>

#include "format.hpp"
#include "kv_plan.hpp"

namespace vram_gauge {
namespace {

// What a pool is worth to the user: its tokens, or, where one request does not fit, the longest one that would.
struct Worth {
  std::int64_t tokens = 0;
  bool starts = false, refused = false;

  bool operator==(const Worth&) const = default;
};

Worth worth(const Model& model, const KvSettings& settings, Bytes available) {
  const KvPlan plan = plan_kv_cache(model, settings);
  if (plan.refused) return {0, false, true};
  const KvPool pool = size_kv_pool(plan, settings, {available});
  return {pool.starts ? pool.tokens : pool.max_model_len_that_fits, pool.starts, false};
}

std::string effect(const Worth& before, const Worth& after) {
  if (after.refused) return "vLLM no longer starts";
  if (before.refused) return "vLLM starts";
  if (before.starts != after.starts)
    return after.starts ? "one request of max_model_len fits" : "one request of max_model_len no longer fits";
  const std::int64_t difference = after.tokens - before.tokens;
  const std::string amount = grouped(difference < 0 ? -difference : difference);
  if (!after.starts)
    return "the longest context " + std::string(difference < 0 ? "loses " : "gains ") + amount + " tokens";
  return amount + (difference < 0 ? " fewer tokens" : " more tokens");
}

// The rules that hold in one release and not in the other, oldest change first; forward in time from `older`.
std::vector<RuleFacts> changes(Release older, Release newer) {
  std::vector<RuleFacts> rules;
  for (int i = 0; i < rule_count(); ++i) {
    const auto rule = static_cast<Rule>(i);
    if (applies(rule, older) != applies(rule, newer)) rules.push_back(facts(rule));
  }
  const auto when = [&](const RuleFacts& rule) { return applies(rule.rule, newer) ? rule.first : *rule.last; };
  std::stable_sort(rules.begin(), rules.end(),
                   [&](const RuleFacts& a, const RuleFacts& b) { return when(a) < when(b); });
  return rules;
}

class Account {
 public:
  Account(const Model& model, const KvSettings& from, Bytes available)
      : model_(model), settings_(from), available_(available), worth_(worth(model, settings_, available)) {}

  KvSettings& settings() { return settings_; }
  const Worth& so_far() const { return worth_; }
  // Books what the change just made to the settings does.
  void book(std::string cause) {
    const Worth now = worth(model_, settings_, available_);
    if (now != worth_) lines_.push_back(std::move(cause) + ": " + effect(worth_, now) + ".");
    worth_ = now;
  }
  std::vector<std::string> lines() && { return std::move(lines_); }

 private:
  const Model& model_;
  KvSettings settings_;
  Bytes available_;
  Worth worth_;
  std::vector<std::string> lines_;
};

// "0.26.0: …" for a rule that holds where we go to; else why it does not.
std::string cause_of(Rule rule, Release to) {
  const RuleFacts f = facts(rule);
  const std::string explanation(f.explanation);
  if (applies(rule, to)) return to_string(f.first) + ": " + explanation;
  if (to < f.first) return "Not before " + to_string(f.first) + ": " + explanation;
  return "Not after " + to_string(*f.last) + ": " + explanation;
}

// Takes over the setting whose default the rule decides; whether there is one.
bool take_default(Rule rule, KvSettings& s, const KvSettings& to) {
  switch (rule) {
    case Rule::hybrid_prefix_caching_default:
      s.prefix_caching = to.prefix_caching;
      break;
    case Rule::v2_runner_some_models:
    case Rule::v2_runner_all_models:
      s.v2_runner = to.v2_runner;
      break;
    case Rule::batched_tokens_160_gib_tier:
    case Rule::gb10_small_tier:
      s.max_num_batched_tokens = to.max_num_batched_tokens;
      break;
    case Rule::glm5_kv_fp8_sm100:
      s.kv_cache_dtype = to.kv_cache_dtype;
      break;
    case Rule::yarn_keeps_max_model_len:
      s.max_model_len = to.max_model_len;
      break;
    default:
      return false;
  }
  return true;
}

// Settings that differ though no rule says so.
void book_settings(Account& account, const KvSettings& to) {
  KvSettings& s = account.settings();
  const auto change = [&](auto KvSettings::* field, std::string_view name) {
    if (s.*field == to.*field) return;
    s.*field = to.*field;
    account.book("With another " + std::string(name));
  };
  change(&KvSettings::prefix_caching, "enable_prefix_caching");
  change(&KvSettings::v1_engine, "engine");
  change(&KvSettings::v2_runner, "model runner");
  change(&KvSettings::async_scheduling, "async_scheduling");
  change(&KvSettings::max_num_batched_tokens, "max_num_batched_tokens");
  change(&KvSettings::hybrid_manager, "choice of the hybrid KV cache manager");
  change(&KvSettings::kv_cache_dtype, "kv_cache_dtype");
  change(&KvSettings::max_model_len, "max_model_len");
}

}  // namespace

std::vector<std::string> explain_kv_change(const Model& model, const KvSettings& from, const KvSettings& to,
                                           Bytes available) {
  Account account(model, from, available);
  if (account.so_far() == worth(model, to, available)) return {};
  const bool forward = from.release <= to.release;
  std::vector<RuleFacts> rules = forward ? changes(from.release, to.release) : changes(to.release, from.release);
  if (!forward) std::reverse(rules.begin(), rules.end());
  for (const RuleFacts& rule : rules) {
    const auto index = static_cast<std::size_t>(rule.rule);
    const bool matters = take_default(rule.rule, account.settings(), to) || account.settings().asked.rules[index];
    account.settings().flipped.flip(index);
    if (matters) account.book(cause_of(rule.rule, to.release));
  }
  book_settings(account, to);
  account.settings() = to;  // whatever hangs on the release itself: engines and KV dtypes that came or went
  account.book("vLLM " + to_string(to.release) + " itself");
  return std::move(account).lines();
}

}  // namespace vram_gauge
