#include "families/family.hpp"

namespace vram_gauge {

namespace families {
#define FAMILY(id) extern const Family id;
#include "families/families.def"
#undef FAMILY
}  // namespace families

namespace {

constexpr const Family* all[] = {
#define FAMILY(id) &families::id,
#include "families/families.def"
#undef FAMILY
};

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

const Family* find_family(std::string_view architecture) {
  for (const Family* family : all)
    if (!architecture.empty() && has_word(family->architectures, architecture)) return family;
  return nullptr;
}

const Family* find_family_of_type(std::string_view model_type) {
  for (const Family* family : all)
    if (!model_type.empty() && has_word(family->model_types, model_type)) return family;
  return nullptr;
}

int family_count() { return static_cast<int>(std::size(all)); }
const Family& family_at(int index) { return *all[index]; }

}  // namespace vram_gauge
