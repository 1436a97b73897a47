#include "quantization/pattern.hpp"

#include "text_scan.hpp"

namespace vram_gauge {

// One walk over a text. All states that the text so far can have led to advance together.
class RegexRun {
 public:
  RegexRun(const Regex& regex, std::string_view text, std::int64_t& work)
      : regex_(regex), text_(text), work_(work), seen_(regex.steps_.size(), 0) {
    work_ -= static_cast<std::int64_t>(seen_.size());
  }

  bool run(std::size_t start, std::int32_t first, Regex::Mode mode) {
    for (std::size_t at = start;; ++at) {
      if (at == start) ++mark_;
      if (at == start || mode == Regex::Mode::anywhere) follow(at, first, now_);
      for (const std::int32_t step : now_)
        if (step_at(step).op == Op::done && (mode != Regex::Mode::whole || at == text_.size())) return true;
      if (at >= text_.size() || work_ < 0 || (now_.empty() && mode != Regex::Mode::anywhere)) return false;
      ++mark_;
      then_.clear();
      work_ -= static_cast<std::int64_t>(now_.size()) + 1;
      for (const std::int32_t step : now_)
        if (takes(step_at(step), text_[at])) follow(at + 1, step + 1, then_);
      now_.swap(then_);
    }
  }

 private:
  using Op = Regex::Op;
  const Regex::Step& step_at(std::int32_t index) const { return regex_.steps_[static_cast<std::size_t>(index)]; }

  bool takes(const Regex::Step& step, char c) const {
    const auto byte = static_cast<unsigned char>(c);
    if (step.op == Op::character) return byte == step.x;
    if (step.op == Op::any) return c != '\n';
    if (step.op != Op::set) return false;
    return ((regex_.sets_[static_cast<std::size_t>(step.x)].bits[byte >> 6] >> (byte & 63)) & 1) != 0;
  }

  bool holds(const Regex::Step& step, std::int32_t index, std::size_t at) {
    switch (step.op) {
      case Op::begin:
        return at == 0;
      case Op::end:
        return at == text_.size() || (at + 1 == text_.size() && text_[at] == '\n');
      case Op::boundary:
        return ((at > 0 && is_word(text_[at - 1])) != (at < text_.size() && is_word(text_[at]))) != step.negated;
      default:
        return RegexRun(regex_, text_, work_).run(at, index + 1, Regex::Mode::prefix) != step.negated;
    }
  }

  // Adds the states that are reached from `first` without reading a character.
  void follow(std::size_t at, std::int32_t first, std::vector<std::int32_t>& list) {
    todo_.assign(1, first);
    while (!todo_.empty() && --work_ >= 0) {
      const std::int32_t index = todo_.back();
      todo_.pop_back();
      std::uint32_t& seen = seen_[static_cast<std::size_t>(index)];
      if (seen == mark_) continue;
      seen = mark_;
      const Regex::Step& step = step_at(index);
      switch (step.op) {
        case Op::split:
          todo_.push_back(step.y);
          [[fallthrough]];
        case Op::jump:
          todo_.push_back(step.x);
          break;
        case Op::begin:
        case Op::end:
        case Op::boundary:
          if (holds(step, index, at)) todo_.push_back(index + 1);
          break;
        case Op::ahead:
          if (holds(step, index, at)) todo_.push_back(step.x);
          break;
        default:
          list.push_back(index);
      }
    }
  }

  const Regex& regex_;
  std::string_view text_;
  std::int64_t& work_;
  std::vector<std::int32_t> now_, then_, todo_;
  std::vector<std::uint32_t> seen_;
  std::uint32_t mark_ = 0;
};

bool Regex::matches(std::string_view text, std::int64_t& work) const {
  if (!valid_) return false;
  if (!wildcard_.empty()) return wildcard_matches(wildcard_, text);
  return RegexRun(*this, text, work).run(0, 0, Mode::prefix) && work >= 0;
}

bool Regex::found_in(std::string_view text, std::int64_t& work) const {
  return valid_ && RegexRun(*this, text, work).run(0, 0, Mode::anywhere) && work >= 0;
}

bool Regex::matches_all(std::string_view text, std::int64_t& work) const {
  return valid_ && RegexRun(*this, text, work).run(0, 0, Mode::whole) && work >= 0;
}

namespace {

// One [set] of a wildcard, `at` behind its '['; moves behind its ']'. No closing bracket: nothing matches here.
bool wildcard_set(std::string_view pattern, std::size_t& at, char c, bool& closed) {
  const bool negated = at < pattern.size() && pattern[at] == '!';
  std::size_t i = at + (negated ? 1 : 0);
  const std::size_t first = i;
  bool inside = false;
  for (; i < pattern.size() && (pattern[i] != ']' || i == first); ++i) {
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      inside |= pattern[i] <= c && c <= pattern[i + 2];
      i += 2;
    } else {
      inside |= pattern[i] == c;
    }
  }
  closed = i < pattern.size();
  if (closed) at = i + 1;
  return inside != negated;
}

// Whether the one-character item at `p` takes `c`; `next` is where the following item starts.
bool wildcard_item(std::string_view pattern, std::size_t p, char c, std::size_t& next) {
  next = p + 1;
  if (pattern[p] == '?') return true;
  if (pattern[p] == '[') {
    bool closed = false;
    const bool taken = wildcard_set(pattern, next, c, closed);
    if (closed) return taken;
    next = p + 1;  // an unclosed bracket is itself
  }
  return pattern[p] == c;
}

}  // namespace

std::string Regex::as_wildcard(std::string_view pattern) {
  std::string wildcard;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const char following = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    if (c == '$' && i + 1 == pattern.size()) return wildcard;
    if (c == '^' && i == 0) continue;
    if (c == '.' && following == '*') {
      wildcard += '*';
      ++i;
    } else if (c == '\\' && following == '.') {
      wildcard += '.';
      ++i;
    } else if (c == '.') {
      wildcard += '?';
    } else if (std::string_view("*+?^$()[]{}|\\").find(c) != std::string_view::npos) {
      return {};
    } else {
      wildcard += c;
    }
    const char behind = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    if (behind == '*' || behind == '+' || behind == '?' || behind == '{') return {};
  }
  return wildcard + '*';
}

bool wildcard_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, retry = 0;
  while (t < text.size()) {
    std::size_t next = 0;
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      retry = t;
    } else if (p < pattern.size() && wildcard_item(pattern, p, text[t], next)) {
      p = next;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace vram_gauge
