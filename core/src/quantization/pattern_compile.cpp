// Regular expression -> automaton. A recursive descent over the pattern; everything that could grow without bound
// (nesting, repetition, the program) has a limit beyond which the pattern counts as not understood.
#include <algorithm>

#include "quantization/pattern.hpp"

namespace vram_gauge {

class RegexCompiler {
 public:
  RegexCompiler(Regex& regex, std::string_view pattern) : regex_(regex), pattern_(pattern) {}

  bool compile() {
    alternatives();
    if (at_ != pattern_.size()) bad_ = true;  // a ')' too many
    emit({Regex::Op::done});
    return !bad_;
  }

 private:
  using Op = Regex::Op;
  using Step = Regex::Step;
  static constexpr std::size_t max_steps = 1024;
  static constexpr int max_nesting = 32, max_repeat = 256;

  bool more() const { return !bad_ && at_ < pattern_.size(); }
  bool take(std::string_view text) {
    if (!pattern_.substr(std::min(at_, pattern_.size())).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }
  std::int32_t here() const { return static_cast<std::int32_t>(regex_.steps_.size()); }
  std::int32_t emit(Step step) {
    if (regex_.steps_.size() >= max_steps) {
      bad_ = true;
      return 0;
    }
    regex_.steps_.push_back(step);
    return here() - 1;
  }
  Step& step(std::int32_t index) { return regex_.steps_[static_cast<std::size_t>(index)]; }

  // Moves the steps from `from` on one further, making room for one step there.
  void insert(std::int32_t from, Step inserted) {
    for (std::int32_t i = from; i < here(); ++i) shift(step(i), from, 1);
    regex_.steps_.insert(regex_.steps_.begin() + from, inserted);
    if (regex_.steps_.size() > max_steps) bad_ = true;
  }
  static void shift(Step& s, std::int32_t from, std::int32_t by) {
    if (s.op != Op::split && s.op != Op::jump && s.op != Op::ahead) return;
    if (s.x >= from) s.x += by;
    if (s.y >= from) s.y += by;
  }

  void alternatives() {
    if (++nesting_ > max_nesting) bad_ = true;
    const std::int32_t start = here();
    sequence();
    std::vector<std::int32_t> ends;
    std::int32_t branch = start;
    while (!bad_ && take("|")) {
      insert(branch, {Op::split, false, branch + 1, 0});
      for (std::int32_t& end : ends)
        if (end >= branch) ++end;
      ends.push_back(emit({Op::jump}));
      step(branch).y = here();
      branch = here();
      sequence();
    }
    for (const std::int32_t end : ends) step(end).x = here();
    --nesting_;
  }

  void sequence() {
    while (more() && pattern_[at_] != '|' && pattern_[at_] != ')') {
      const std::int32_t start = here();
      atom();
      repeat(start);
    }
  }

  void atom() {
    const char c = pattern_[at_++];
    switch (c) {
      case '.':
        emit({Op::any});
        return;
      case '^':
        emit({Op::begin});
        return;
      case '$':
        emit({Op::end});
        return;
      case '(':
        group();
        return;
      case '[':
        set();
        return;
      case '\\':
        escape();
        return;
      case '*':
      case '+':
      case '?':
        bad_ = true;
        return;  // nothing to repeat
      default:
        emit({Op::character, false, static_cast<unsigned char>(c)});
    }
  }

  void group() {
    const bool positive = take("?="), negative = !positive && take("?!");
    if (!positive && !negative && !take("?:") && take("?")) bad_ = true;
    const std::int32_t ahead = positive || negative ? emit({Op::ahead, negative}) : -1;
    alternatives();
    if (!take(")")) bad_ = true;
    if (bad_ || ahead < 0) return;
    emit({Op::done});
    step(ahead).x = here();
  }

  static void add_range(Regex::Set& set, int first, int last) {
    for (int c = first; c <= last; ++c) set.bits[c >> 6] |= std::uint64_t{1} << (c & 63);
  }
  // \d \w \s; an upper-case letter is the complement. False for any other letter.
  static bool add_class(Regex::Set& set, char letter) {
    Regex::Set own;
    switch (letter | 0x20) {
      case 'd':
        add_range(own, '0', '9');
        break;
      case 'w':
        add_range(own, '0', '9');
        add_range(own, 'A', 'Z');
        add_range(own, 'a', 'z');
        add_range(own, '_', '_');
        break;
      case 's':
        add_range(own, '\t', '\r');
        add_range(own, ' ', ' ');
        break;
      default:
        return false;
    }
    const bool complement = (letter & 0x20) == 0;
    for (int i = 0; i < 4; ++i) set.bits[i] |= complement ? ~own.bits[i] : own.bits[i];
    return true;
  }
  void emit_set(const Regex::Set& set) {
    regex_.sets_.push_back(set);
    emit({Op::set, false, static_cast<std::int32_t>(regex_.sets_.size()) - 1});
  }

  void escape() {
    if (!more()) {
      bad_ = true;
      return;
    }
    const char c = pattern_[at_++];
    Regex::Set set;
    if (add_class(set, c)) return emit_set(set);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == 'b' || c == 'B') emit({Op::boundary, c == 'B'});
    else if (c == 'A') emit({Op::begin});
    else if (c == 'Z' || c == 'z') emit({Op::end});
    else if (letter) bad_ = true;
    else emit({Op::character, false, static_cast<unsigned char>(c)});
  }

  // One member of a [set]: a character, or -1 where a whole class was added to it.
  int set_member(Regex::Set& set) {
    const char c = pattern_[at_++];
    if (c != '\\') return static_cast<unsigned char>(c);
    if (!more()) {
      bad_ = true;
      return -1;
    }
    const char escaped = pattern_[at_++];
    return add_class(set, escaped) ? -1 : static_cast<unsigned char>(escaped);
  }

  void set() {
    Regex::Set set;
    const bool negated = take("^");
    for (bool first = true; more() && (first || pattern_[at_] != ']'); first = false) {
      const int low = set_member(set);
      int high = low;
      if (low >= 0 && at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']') {
        ++at_;
        high = set_member(set);
        if (high < low) bad_ = true;
      }
      if (low >= 0) add_range(set, low, high);
    }
    if (!take("]")) bad_ = true;
    if (negated)
      for (std::uint64_t& bits : set.bits) bits = ~bits;
    emit_set(set);
  }

  int number() {
    int value = -1;
    for (; more() && pattern_[at_] >= '0' && pattern_[at_] <= '9'; ++at_) {
      value = (value < 0 ? 0 : value) * 10 + (pattern_[at_] - '0');
      if (value > max_repeat) bad_ = true;
    }
    return value;
  }

  // `*`, `+`, `?`, {m}, {m,}, {,n}, {m,n} behind the atom that starts at `start`, each with or without a lazy mark.
  void repeat(std::int32_t start) {
    if (!more()) return;
    int low = 0, high = -1;
    if (take("+")) low = 1;
    else if (take("?")) high = 1;
    else if (!take("*")) {
      const std::size_t brace = at_;
      if (!take("{")) return;
      low = number();
      high = low;
      if (take(",")) high = number();
      else if (low < 0) high = -2;
      if (!take("}") || high == -2) {  // not a repetition: a literal brace
        at_ = brace + 1;
        emit({Op::character, false, '{'});
        return;
      }
      low = std::max(low, 0);
      if (high >= 0 && high < low) bad_ = true;
    }
    if (!take("?") && take("+")) bad_ = true;  // possessive: gives nothing back, which states can't say
    copies(start, low, high);
  }

  // The atom [start, here) `low` to `high` times (-1: without end).
  void copies(std::int32_t start, int low, int high) {
    const std::vector<Step> atom(regex_.steps_.begin() + start, regex_.steps_.end());
    regex_.steps_.resize(static_cast<std::size_t>(start));
    for (int i = 0; i < low && !bad_; ++i) paste(atom, start);
    if (high < 0 && !bad_) {
      const std::int32_t split = emit({Op::split});
      paste(atom, start);
      emit({Op::jump, false, split});
      if (!bad_) step(split) = {Op::split, false, split + 1, here()};
    }
    std::vector<std::int32_t> splits;
    for (int i = low; i < high && !bad_; ++i) {
      splits.push_back(emit({Op::split}));
      paste(atom, start);
    }
    if (bad_) return;
    for (const std::int32_t split : splits) step(split) = {Op::split, false, split + 1, here()};
  }
  void paste(const std::vector<Step>& atom, std::int32_t was_at) {
    const std::int32_t by = here() - was_at;
    for (Step s : atom) {
      shift(s, was_at, by);
      emit(s);
    }
  }

  Regex& regex_;
  std::string_view pattern_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  bool bad_ = false;
};

Regex::Regex(std::string_view pattern)
    : wildcard_(as_wildcard(pattern)), valid_(RegexCompiler(*this, pattern).compile()) {}

}  // namespace vram_gauge
