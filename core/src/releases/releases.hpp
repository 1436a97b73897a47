#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// vLLM's releases, and which of its memory rules hold in which of them. The lists are in releases.def.

namespace vram_gauge {

// 0.MINOR.PATCH; vLLM's major number is 0 so far (a later major would sort after every 0.x: minor = 1000·major +
// minor). Comparable: `release >= Release{27, 0}`.
struct Release {
  int minor = 0;
  int patch = 0;
  friend constexpr auto operator<=>(const Release&, const Release&) = default;
};

// A release that exists, with the date of its wheel as YYYY-MM-DD, empty where it is not known.
struct KnownRelease {
  Release release;
  std::string_view date;
};

// Reads MAJOR.MINOR.PATCH, at most 4 digits each, with an optional repair suffix (`0.8.5.post1`, `0.10.1.1`) that names
// no release of its own. Anything else, also a release candidate or a bare `0.25`, is nothing.
std::optional<Release> parse_release(std::string_view text);

// "0.25.1"
std::string to_string(Release release);

// All that this build knows, oldest first.
std::span<const KnownRelease> known_releases();
Release oldest_release();
Release newest_release();

// One named rule for each thing that changed between releases (releases.def).
enum class Rule : std::uint8_t {
#define RULE(name, first_minor, first_patch, last_minor, last_patch, unread_minor, explanation) name,
#include "releases/releases.def"
};

struct RuleFacts {
  Rule rule;
  std::string_view name;
  Release first;                 // the first release in which it holds
  std::optional<Release> last;   // the last one; nothing: holds in the newest release too
  Release unread;                // releases from here up to `first` were not read; equal to `first` if all were
  std::string_view explanation;  // one sentence without a full stop, for the page
};

RuleFacts facts(Rule rule);
int rule_count();

// Whether the rule holds in that release. A release newer than the newest known one follows the newest rules.
bool applies(Rule rule, Release release);

// False for the few releases before a rule's first one whose sources were not read: whatever depends on the rule is an
// estimate there.
bool certain(Rule rule, Release release);

}  // namespace vram_gauge
