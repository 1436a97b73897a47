#include "releases/releases.hpp"

#include <charconv>

namespace vram_gauge {
namespace {

constexpr KnownRelease kReleases[] = {
#define RELEASE(minor, patch, date) {{minor, patch}, date},
#include "releases/releases.def"
};

struct Row {
  std::int8_t first_minor, first_patch, last_minor, last_patch, unread_minor;
};

constexpr Row kRules[] = {
#define RULE(name, first_minor, first_patch, last_minor, last_patch, unread_minor, explanation) \
  {first_minor, first_patch, last_minor, last_patch, unread_minor},
#include "releases/releases.def"
};

// Apart from the numbers, so that a program which never explains a rule doesn't carry them.
struct Words {
  const char* name;
  const char* explanation;
};

constexpr Words kWords[] = {
#define RULE(name, first_minor, first_patch, last_minor, last_patch, unread_minor, explanation) {#name, explanation},
#include "releases/releases.def"
};

const Row& row(Rule rule) { return kRules[static_cast<std::size_t>(rule)]; }

constexpr Release first_of(const Row& row) { return {row.first_minor, row.first_patch}; }

// Takes a number of 1 to 4 digits off the front.
std::optional<int> take_number(std::string_view& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc{} || digits > 4 || text.front() == '-') return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

std::optional<int> take_dot_number(std::string_view& text) {
  if (!text.starts_with('.')) return std::nullopt;
  text.remove_prefix(1);
  return take_number(text);
}

bool is_repair_suffix(std::string_view text) {
  if (text.starts_with(".post")) text.remove_prefix(5);
  else if (text.starts_with('.')) text.remove_prefix(1);
  else return text.empty();
  return take_number(text) && text.empty();
}

}  // namespace

std::optional<Release> parse_release(std::string_view text) {
  const auto major = take_number(text);
  const auto minor = major ? take_dot_number(text) : std::nullopt;
  const auto patch = minor ? take_dot_number(text) : std::nullopt;
  if (!patch || !is_repair_suffix(text)) return std::nullopt;
  return Release{1000 * *major + *minor, *patch};
}

std::string to_string(Release release) {
  return std::to_string(release.minor / 1000) + '.' + std::to_string(release.minor % 1000) + '.' +
         std::to_string(release.patch);
}

std::span<const KnownRelease> known_releases() { return kReleases; }
Release oldest_release() { return known_releases().front().release; }
Release newest_release() { return known_releases().back().release; }

int rule_count() { return static_cast<int>(std::size(kRules)); }

RuleFacts facts(Rule rule) {
  const Row& r = row(rule);
  const Release first = first_of(r);
  const auto last = r.last_minor ? std::optional(Release{r.last_minor, r.last_patch}) : std::nullopt;
  const Words& words = kWords[static_cast<std::size_t>(rule)];
  return {rule, words.name, first, last, r.unread_minor ? Release{r.unread_minor, 0} : first, words.explanation};
}

// Asked for every layer of every plan.
bool applies(Rule rule, Release release) {
  const Row& r = row(rule);
  const auto number = [](std::int64_t minor, std::int64_t patch) { return minor * 10'000 + patch; };
  const std::int64_t at = number(release.minor, release.patch);
  return at >= number(r.first_minor, r.first_patch) && (r.last_minor == 0 || at <= number(r.last_minor, r.last_patch));
}

bool certain(Rule rule, Release release) {
  const Row& r = row(rule);
  return r.unread_minor == 0 || release < Release{r.unread_minor, 0} || release >= first_of(r);
}

}  // namespace vram_gauge
