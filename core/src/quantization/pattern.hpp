// The two pattern languages of quantization configs: Python regular expressions (compressed-tensors `re:`, GPTQ
// `dynamic`, auto-round) and shell wildcards (ModelOpt, Quark).
//
// A regular expression is compiled to a small automaton whose states all advance together, and all work is counted
// against the caller's limit: nothing in a pasted config can hang it. Understood are literals, `.`, escapes (\. \d \w
// \s \b and their opposites), [sets], (groups), (?:…), (?=…), (?!…), `|`, `*`, `+`, `?`, {m,n} in greedy and lazy
// spelling (the difference can't be seen in a yes or no), ^, $, \A, \Z. Back references, look-behind and flags are not:
// such a pattern is not `valid()`, and the caller has to say that its answer is uncertain.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vram_gauge {

class Regex {
 public:
  explicit Regex(std::string_view pattern);

  bool valid() const { return valid_; }
  // Python's re.match: at the start of `text`, not necessarily up to its end. `work` is what may still be spent, in
  // steps of the automaton, and is counted down; below 0 the answer is false and means nothing.
  bool matches(std::string_view text, std::int64_t& work) const;
  // Python's re.search.
  bool found_in(std::string_view text, std::int64_t& work) const;
  // Python's re.fullmatch.
  bool matches_all(std::string_view text, std::int64_t& work) const;

 private:
  friend class RegexCompiler;
  friend class RegexRun;
  enum class Op : std::uint8_t { character, any, set, split, jump, begin, end, boundary, ahead, done };
  struct Step {
    Op op;
    bool negated = false;
    std::int32_t x = 0;  // character; set: index; split, jump: target; ahead: behind the inner program
    std::int32_t y = 0;  // split: second target
  };
  struct Set {
    std::uint64_t bits[4] = {};
  };
  enum class Mode : std::uint8_t { prefix, anywhere, whole };

  // The wildcard that says the same as re.match of `pattern`, if it is made of literals, `.`, `.*` and escaped dots
  // only; else "". A `.` excludes line ends, which module names don't have.
  static std::string as_wildcard(std::string_view pattern);

  std::vector<Step> steps_;
  std::vector<Set> sets_;
  std::string wildcard_;  // the same as a wildcard where one can say it (most `re:` patterns): much faster
  bool valid_ = false;
};

// Python's fnmatch.fnmatchcase: `*`, `?`, [seq] and [!seq] over the whole text; `*` also matches dots.
bool wildcard_matches(std::string_view pattern, std::string_view text);

}  // namespace vram_gauge
