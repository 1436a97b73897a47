// The catalogue of models people run (rows in known_models.inc): of each config.json the keys that are read.
#pragma once

#include <span>
#include <string_view>

namespace vram_gauge {

struct KnownModel {
  std::string_view id;      // the hub's "organisation/name"
  std::string_view config;  // JSON
  std::string_view source;  // where the config was seen, and when
};

std::span<const KnownModel> known_models();

// The row with that id (whatever the case), or null.
const KnownModel* find_known_model(std::string_view id);

}  // namespace vram_gauge
