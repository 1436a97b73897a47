#include "quantization/name_map.hpp"

#include "words.hpp"

namespace vram_gauge {
namespace {

struct Renaming {
  std::string_view architectures, rules;
};

constexpr Renaming renamings[] = {
#define RENAMES(architectures, rules) {architectures, rules},
#define UNMAPPED(architectures)
#include "quantization/name_map.inc"
#undef RENAMES
#undef UNMAPPED
};

constexpr std::string_view unmapped =
#define RENAMES(architectures, rules)
#define UNMAPPED(architectures) architectures
#include "quantization/name_map.inc"
#undef RENAMES
#undef UNMAPPED
    ;

}  // namespace

NameMap::NameMap(std::string_view architecture) {
  for (const Renaming& row : renamings)
    if (has_word(row.architectures, architecture)) rules_ = row.rules;
  mapped_ = !has_word(unmapped, architecture);
}

std::string NameMap::operator()(std::string_view name) const {
  std::string mapped(name);
  for (std::string_view rest = rules_; !rest.empty();) {
    const std::string_view rule = rest.substr(0, rest.find(';'));
    rest.remove_prefix(rule.size() < rest.size() ? rule.size() + 1 : rule.size());
    const std::size_t middle = rule.find('>');
    const std::string_view from = rule.substr(1, middle - 1), to = rule.substr(middle + 1);
    const std::size_t at = mapped.find(from);
    if (at == std::string::npos || (rule[0] == '<' && at != 0)) continue;
    mapped.replace(at, from.size(), to);
  }
  return mapped;
}

}  // namespace vram_gauge
