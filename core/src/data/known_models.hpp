// The catalogue of models people run (rows in known_models.inc): of each config.json the keys that are read.
#pragma once

#include <optional>
#include <string_view>

namespace vram_gauge {

struct KnownModel {
  std::string_view id;      // the hub's "organisation/name"
  std::string_view source;  // where the config was seen, and when
  std::string_view config;  // JSON
};

// All rows in the order of their ids, for `for (const KnownModel& model : known_models())`.
class KnownModelRows {
 public:
  class Iterator {
   public:
    explicit Iterator(std::string_view rest) : rest_(rest) { ++*this; }
    const KnownModel& operator*() const { return model_; }
    Iterator& operator++();
    bool operator!=(const Iterator&) const { return !at_end_; }

   private:
    std::string_view rest_;
    KnownModel model_;
    bool at_end_ = false;
  };
  Iterator begin() const;
  Iterator end() const { return Iterator({}); }
};

inline KnownModelRows known_models() { return {}; }

// The row with that id, whatever the case.
std::optional<KnownModel> find_known_model(std::string_view id);

}  // namespace vram_gauge
