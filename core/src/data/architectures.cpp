#include "data/architectures.hpp"

#include <string_view>

namespace vram_gauge {
namespace {

// A release is coded as its place in the list of releases, from 1 on: a code is never the terminator 0.
#define R6_0 "\x01"
#define R6_1 "\x02"
#define R6_2 "\x03"
#define R6_3 "\x04"
#define R6_4 "\x05"
#define R6_5 "\x06"
#define R6_6 "\x07"
#define R7_0 "\x08"
#define R7_1 "\x09"
#define R7_2 "\x0a"
#define R7_3 "\x0b"
#define R8_0 "\x0c"
#define R8_1 "\x0d"
#define R8_2 "\x0e"
#define R8_3 "\x0f"
#define R8_4 "\x10"
#define R8_5 "\x11"
#define R9_0 "\x12"
#define R9_1 "\x13"
#define R9_2 "\x14"
#define R10_0 "\x15"
#define R10_1 "\x16"
#define R10_2 "\x17"
#define R11_0 "\x18"
#define R11_1 "\x19"
#define R11_2 "\x1a"
#define R12_0 "\x1b"
#define R13_0 "\x1c"
#define R14_0 "\x1d"
#define R14_1 "\x1e"
#define R15_0 "\x1f"
#define R15_1 "\x20"
#define R16_0 "\x21"
#define R17_0 "\x22"
#define R17_1 "\x23"
#define R18_0 "\x24"
#define R18_1 "\x25"
#define R19_0 "\x26"
#define R19_1 "\x27"
#define R20_0 "\x28"
#define R20_1 "\x29"
#define R20_2 "\x2a"
#define R21_0 "\x2b"
#define R22_0 "\x2c"
#define R22_1 "\x2d"
#define R23_0 "\x2e"
#define R24_0 "\x2f"
#define R25_0 "\x30"
#define R25_1 "\x31"
#define R26_0 "\x32"
#define R27_0 "\x33"
#define R27_1 "\x34"
#define R28_0 "\x35"
#define R29_0 "\x36"
#define R30_0 "\x37"
#define R31_0 "\x38"
#define R32_0 "\x39"
#define R33_0 "\x3a"
#define STILL "\x7e"
#define NEVER "\x7f"

// In the order of the list all codes are in order.
constexpr char kCodes[] =
#define RELEASE(minor, patch, date) R##minor##_##patch
#include "releases/releases.def"
    ;

constexpr bool in_order(std::string_view codes) {
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (static_cast<std::size_t>(codes[i]) != i + 1) return false;
  return true;
}
static_assert(in_order(kCodes));

// ArchitectureKind bits.
#define TEXT "\x01"
#define MULTIMODAL "\x02"
#define POOLING "\x04"
#define TEXT_POOLING "\x05"
#define MULTIMODAL_POOLING "\x06"
#define DRAFT "\x08"
#define BACKEND "\x10"
#define TEXT_BACKEND "\x11"
#define MULTIMODAL_BACKEND "\x12"
#define TEXT_POOLING_BACKEND "\x15"
#define TEXT_PLUGIN "\x21"
#define MULTIMODAL_PLUGIN "\x22"

// Its traits: never 0, which ends a row.
#define NONE "\x01"
#define WHOLE "\x03"
#define WRAPPED "\x05"
#define WHOLE_WRAPPED "\x07"
#define WRAPPED4 "\x0d"
#define WHOLE_WRAPPED4 "\x0f"
#define IMAGES "\x11"
#define WHOLE_IMAGES "\x13"
#define WRAPPED_IMAGES "\x15"
#define WHOLE_WRAPPED_IMAGES "\x17"
#define WRAPPED4_IMAGES "\x1d"
#define UNADAPTED "\x21"
#define WHOLE_UNADAPTED "\x23"
#define WRAPPED_UNADAPTED "\x25"
#define WHOLE_WRAPPED_UNADAPTED "\x27"
#define IMAGES_UNADAPTED "\x31"
#define WHOLE_IMAGES_UNADAPTED "\x33"
#define WRAPPED_IMAGES_UNADAPTED "\x35"
#define WHOLE_WRAPPED_IMAGES_UNADAPTED "\x37"
#define WRAPPED4_IMAGES_UNADAPTED "\x3d"

// All rows in one string, each as the codes of first, last, pipeline, kinds and traits, the name and a zero: 6 bytes
// beside the name, where an array of structs would take three times that in the module.
constexpr char kTable[] =
#define ARCHITECTURE(name, first, last, pipeline, kinds, traits) first last pipeline kinds traits name "\0"
#include "data/architectures.inc"
#undef ARCHITECTURE
    ;

constexpr int kRows = 0
#define ARCHITECTURE(name, first, last, pipeline, kinds, traits) +1
#include "data/architectures.inc"
#undef ARCHITECTURE
    ;

constexpr std::size_t kBeforeName = 5;
constexpr std::size_t kBytes = sizeof(kTable) - 1;

std::string_view name_at(std::size_t begin) { return kTable + begin + kBeforeName; }

std::size_t next_row(std::size_t begin) { return begin + kBeforeName + name_at(begin).size() + 1; }

// The first byte of the row that holds the byte at `position`.
std::size_t row_around(std::size_t position) {
  while (position > 0 && kTable[position - 1] != '\0') --position;
  return position;
}

// Nothing for STILL and NEVER.
std::optional<Release> release_at(std::size_t position) {
  const auto index = static_cast<std::size_t>(kTable[position]) - 1;
  const auto releases = known_releases();
  return index < releases.size() ? std::optional(releases[index].release) : std::nullopt;
}

ArchitectureFacts row_at(std::size_t begin) {
  return {name_at(begin),
          release_at(begin),
          release_at(begin + 1),
          release_at(begin + 2),
          static_cast<std::uint8_t>(kTable[begin + 3]),
          static_cast<std::uint8_t>(kTable[begin + 4])};
}

}  // namespace

std::optional<ArchitectureFacts> find_architecture(std::string_view name) {
  std::size_t low = 0, high = kBytes;  // both at the start of a row, or at the end
  while (low < high) {
    const std::size_t middle = row_around(low + (high - low) / 2);
    const int order = name.compare(name_at(middle));
    if (order == 0) return row_at(middle);
    if (order < 0) high = middle;
    else low = next_row(middle);
  }
  return std::nullopt;
}

bool served(const ArchitectureFacts& architecture, Release release) {
  return architecture.first && *architecture.first <= release && (!architecture.last || release <= *architecture.last);
}

bool wrapped(const ArchitectureFacts& architecture, Release release) {
  return !served(architecture, release) && release >= Release{10, 2} &&
         architecture.has(release < Release{19} ? ArchitectureTrait::wrapped4 : ArchitectureTrait::wrapped);
}

int architecture_count() { return kRows; }

ArchitectureFacts architecture_at(int index) {
  std::size_t begin = 0;
  while (index-- > 0) begin = next_row(begin);
  return row_at(begin);
}

}  // namespace vram_gauge
