// A model of another checkpoint that drafts for the one asked about (vllm/config/speculative.py).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "releases/releases.hpp"
#include "vram_gauge/units.hpp"

namespace vram_gauge {

// Kinds of items in a prompt, as bits. A model may name one of its own ("vision_chunk").
enum Items : std::uint8_t { images = 1, videos = 2, audio_clips = 4, other_items = 8, all_items = 15 };

class ConfigReader;
struct Model;

// What the model that it drafts for tells a drafter.
struct Drafting {
  std::string method;           // of speculative decoding; "" = it drafts for none
  std::int64_t positions = 0;   // of the target, where the drafter shares them; else 0
  std::int64_t vocabulary = 0;  // the target's
  bool parallel = false;        // drafts all tokens in one pass

  bool operator==(const Drafting&) const = default;
};

// A drafter as it is served beside its target, on the last pipeline stage.
struct Drafter {
  std::shared_ptr<const Model> model;  // kept with the parsed config: the same one as long as nothing changes
  Bytes weights, loaded;               // of a rank, without what it shares with the target
  Bytes less, more;  // what its checkpoint may share although it is counted, and may hold although it isn't
  bool assumes_vocabulary = false, assumes_table = false;  // whether it shares them is not in the configs
  bool own_positions = false;                              // which its own config limits
};

// Whether a release drafts with a checkpoint's own predictors (mtp), by its config's model_type and architecture.
bool has_predictors(std::string_view model_type, std::string_view architecture, Release release);
// Whether a config's max_position_embeddings sets no more than the length of its rotary tables.
bool rope_only_sizes_table(const ConfigReader& text);
// Whether two configs ask for rotary tables of the same angles; not where they have one a layer type or lists in them.
bool same_rope(const ConfigReader& a, const ConfigReader& b);

}  // namespace vram_gauge
