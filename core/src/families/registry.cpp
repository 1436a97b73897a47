#include "families/family.hpp"
#include "words.hpp"

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
