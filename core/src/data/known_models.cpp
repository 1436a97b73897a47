#include "data/known_models.hpp"

#include <algorithm>

namespace vram_gauge {
namespace {

constexpr KnownModel kModels[] = {
#define MODEL(id, source, config) {id, config, source},
#include "data/known_models.inc"
#undef MODEL
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_id(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::span<const KnownModel> known_models() { return kModels; }

const KnownModel* find_known_model(std::string_view id) {
  for (const KnownModel& model : kModels)
    if (same_id(model.id, id)) return &model;
  return nullptr;
}

}  // namespace vram_gauge
