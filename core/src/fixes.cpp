#include "fixes.hpp"

#include <algorithm>

#include "levers.hpp"

namespace vram_gauge {
namespace {

constexpr std::size_t most_fixes = 12;

bool enough(const Trial& trial) {
  return !trial.refused && trial.verdict.starts >= Starts::likely && trial.verdict.fits;
}

// More likely to start, or more headroom.
bool helps(const Trial& trial, const Trial& now) {
  if (trial.refused) return false;
  return now.refused || trial.verdict.starts > now.verdict.starts ||
         trial.verdict.headroom > now.verdict.headroom + MiB.count;
}

Fix pull(const Lever& lever, const Request& request, const Evaluator& evaluator) {
  Fix fix{lever.id, lever.message, lever.changes, lever.cost, false, {}};
  fix.effect = evaluator.run(evaluator.context, with(request, lever.changes));
  fix.enough = enough(fix.effect);
  return fix;
}

bool conflict(const Lever& a, const Lever& b) {
  for (const Change& one : a.changes)
    for (const Change& other : b.changes)
      if (one.group == other.group && one.field == other.field) return true;
  return a.hardware && b.hardware;
}

Lever both(const Lever& a, const Lever& b) {
  Lever pair{a.id, a.message + " And: " + b.message, a.changes, a.cost + b.cost, a.hardware || b.hardware};
  pair.changes.insert(pair.changes.end(), b.changes.begin(), b.changes.end());
  return pair;
}

struct Helpful {
  Lever lever;
  std::int64_t gain = 0;  // of headroom
};

// Pairs of what helps that cost less than `limit`, cheapest first, until a few are enough. What is missing is more than
// `missing` bytes: two that give less than half of it by themselves aren't tried together.
void add_pairs(const std::vector<Helpful>& helpful, int limit, std::int64_t missing, const Request& request,
               const Evaluator& evaluator, std::vector<Fix>& fixes) {
  std::vector<Lever> pairs;
  for (std::size_t i = 0; i < helpful.size(); ++i)
    for (std::size_t j = i + 1; j < helpful.size(); ++j) {
      const Helpful &a = helpful[i], &b = helpful[j];
      if (!conflict(a.lever, b.lever) && a.lever.cost + b.lever.cost < limit && 2 * (a.gain + b.gain) >= missing)
        pairs.push_back(both(a.lever, b.lever));
    }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Lever& a, const Lever& b) { return a.cost < b.cost; });
  int found = 0;
  for (const Lever& pair : pairs) {
    Fix fix = pull(pair, request, evaluator);
    if (!fix.enough) continue;
    fixes.push_back(std::move(fix));
    if (++found == 4) return;
  }
}

void rank(std::vector<Fix>& fixes) {
  std::stable_sort(fixes.begin(), fixes.end(), [](const Fix& a, const Fix& b) {
    if (a.enough != b.enough) return a.enough;
    return a.enough ? a.cost < b.cost : a.effect.verdict.headroom > b.effect.verdict.headroom;
  });
  if (fixes.size() > most_fixes) fixes.resize(most_fixes);
}

}  // namespace

std::vector<Fix> find_fixes(const Request& request, const Trial& now, Evaluator evaluator) {
  std::vector<Fix> fixes;
  if (enough(now)) return fixes;
  std::vector<Helpful> helpful;
  int cheapest = 100;  // of what is enough alone
  std::vector<Lever> levers = levers_for(request, now);
  if (now.refused_by_release)
    if (std::optional<Lever> release = serving_release(request, evaluator)) levers.push_back(std::move(*release));
  for (const Lever& lever : levers) {
    Fix fix = pull(lever, request, evaluator);
    if (!fix.enough && !helps(fix.effect, now)) continue;
    if (fix.enough) cheapest = std::min(cheapest, fix.cost);
    helpful.push_back({lever, fix.effect.verdict.headroom - now.verdict.headroom});
    fixes.push_back(std::move(fix));
  }
  if (std::optional<Lever> gpu = sufficient_gpu(request, evaluator)) {
    fixes.push_back(pull(*gpu, request, evaluator));
    cheapest = std::min(cheapest, gpu->cost);
  }
  add_pairs(helpful, cheapest, now.refused ? 0 : -now.verdict.headroom, request, evaluator, fixes);
  rank(fixes);
  return fixes;
}

}  // namespace vram_gauge
