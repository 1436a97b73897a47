#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "releases/releases.hpp"

// Which vLLM releases serve which architecture name (rows in architectures.inc).

namespace vram_gauge {

// What vLLM's registry files a name under; a name can be several.
enum class ArchitectureKind : std::uint8_t {
  text = 1,
  multimodal = 2,
  pooling = 4,
  draft = 8,                  // a drafter for speculative decoding, no model to serve by itself
  transformers_backend = 16,  // the newest release serves it through its generic Transformers wrapper
  plugin = 32,                // needs a package beside vLLM after `last`
};

enum class ArchitectureTrait : std::uint8_t {
  whole_encoder = 2,  // its encoder can be whole on every rank (supports_encoder_tp_data)
  wrapped = 4,        // Transformers 5 has a class that vLLM's generic wrapper takes
  wrapped4 = 8,       // and Transformers 4
  images_only = 16,   // its encoder takes no videos
  unadapted = 32,     // its class takes no LoRA adapters
};

struct ArchitectureFacts {
  std::string_view name;
  std::optional<Release> first;     // nothing: only ever by a plugin
  std::optional<Release> last;      // nothing: the newest release serves it, or none does
  std::optional<Release> pipeline;  // first release that spreads it over pipeline stages; nothing: none does
  std::uint8_t kinds;               // ArchitectureKind bits
  std::uint8_t traits;              // ArchitectureTrait bits

  bool is(ArchitectureKind kind) const { return (kinds & static_cast<std::uint8_t>(kind)) != 0; }
  bool has(ArchitectureTrait trait) const { return (traits & static_cast<std::uint8_t>(trait)) != 0; }
};

// The row with exactly that name; nothing for a name that vLLM has never served.
std::optional<ArchitectureFacts> find_architecture(std::string_view name);

// Whether the release serves it without a plugin.
bool served(const ArchitectureFacts& architecture, Release release);

// Whether a release that has no class for it takes Transformers' own in its generic wrapper, if the installed
// Transformers has it (vllm/model_executor/models/registry.py:_try_resolve_transformers; before 0.19 it is a 4; the
// Transformers before 4.57 were not read, so never before 0.10.2).
bool wrapped(const ArchitectureFacts& architecture, Release release);

// Number of rows, and the row at 0 <= index < count, in byte order of the names.
int architecture_count();
ArchitectureFacts architecture_at(int index);

}  // namespace vram_gauge
