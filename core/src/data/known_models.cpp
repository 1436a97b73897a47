#include "data/known_models.hpp"

#include <algorithm>

#include "words.hpp"

namespace vram_gauge {
namespace {

// All rows as one text, three lines a row: pointers and lengths would be a quarter of the compressed table.
constexpr std::string_view kTable =
#define MODEL(id, source, config) id "\n" source "\n" config "\n"
#include "data/known_models.inc"
#undef MODEL
    ;

// Takes a line off the front.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

bool same_id(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

KnownModelRows::Iterator KnownModelRows::begin() const { return Iterator(kTable); }

KnownModelRows::Iterator& KnownModelRows::Iterator::operator++() {
  at_end_ = rest_.empty();
  if (at_end_) return *this;
  model_.id = take_line(rest_);
  model_.source = take_line(rest_);
  model_.config = take_line(rest_);
  return *this;
}

std::optional<KnownModel> find_known_model(std::string_view id) {
  for (const KnownModel& model : known_models())
    if (same_id(model.id, id)) return model;
  return std::nullopt;
}

}  // namespace vram_gauge
