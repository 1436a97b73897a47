#include "data/architectures.hpp"

#include <string_view>

namespace vram_gauge {
namespace {

// The releases that rows can name; a row's code is the index here plus 1 (so that no code is the terminator 0).
struct Mark {
  Release release;
  bool looked_at;  // false: only stated by vLLM as the last release of something
};
constexpr Mark kMarks[] = {
    {{9, 2}, false}, {{10, 2}, true}, {{11, 2}, true}, {{12, 0}, false}, {{14, 1}, true},
    {{17, 1}, true}, {{19, 1}, true}, {{20, 2}, true}, {{22, 1}, true},  {{23, 0}, true},
    {{24, 0}, true}, {{25, 1}, true}, {{26, 0}, true}, {{27, 1}, true},  {{28, 0}, true},
    {{29, 0}, true}, {{30, 0}, true}, {{31, 0}, true}, {{32, 0}, true},  {{33, 0}, true},
};
#define R9_2 "\x01"
#define R10_2 "\x02"
#define R11_2 "\x03"
#define R12_0 "\x04"
#define R14_1 "\x05"
#define R17_1 "\x06"
#define R19_1 "\x07"
#define R20_2 "\x08"
#define R22_1 "\x09"
#define R23_0 "\x0a"
#define R24_0 "\x0b"
#define R25_1 "\x0c"
#define R26_0 "\x0d"
#define R27_1 "\x0e"
#define R28_0 "\x0f"
#define R29_0 "\x10"
#define R30_0 "\x11"
#define R31_0 "\x12"
#define R32_0 "\x13"
#define R33_0 "\x14"
#define NEVER "\x7f"

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

// All rows in one string, each as the codes of first, last, kinds and traits, the name and a zero: 5 bytes beside the
// name, where an array of structs would take three times that in the module.
constexpr char kTable[] =
#define ARCHITECTURE(name, first, last, kinds, traits) first last kinds traits name "\0"
#include "data/architectures.inc"
#undef ARCHITECTURE
    ;

constexpr int kRows = 0
#define ARCHITECTURE(name, first, last, kinds, traits) +1
#include "data/architectures.inc"
#undef ARCHITECTURE
    ;

constexpr std::size_t kCodes = 4;
constexpr std::size_t kBytes = sizeof(kTable) - 1;
constexpr int kNever = 0x7f;
constexpr int kOldest = 2;  // code of the oldest release looked at
constexpr int kNewest = static_cast<int>(std::size(kMarks));

std::string_view name_at(std::size_t begin) { return kTable + begin + kCodes; }

std::size_t next_row(std::size_t begin) { return begin + kCodes + name_at(begin).size() + 1; }

// The first byte of the row that holds the byte at `position`.
std::size_t row_around(std::size_t position) {
  while (position > 0 && kTable[position - 1] != '\0') --position;
  return position;
}

ArchitectureFacts row_at(std::size_t begin) {
  const int first = static_cast<unsigned char>(kTable[begin]), last = static_cast<unsigned char>(kTable[begin + 1]);
  ArchitectureFacts facts{name_at(begin),
                          {},
                          first == kOldest || first == 1,
                          {},
                          static_cast<std::uint8_t>(kTable[begin + 2]),
                          static_cast<std::uint8_t>(kTable[begin + 3])};
  if (first != kNever) facts.first = kMarks[first - 1].release;
  if (last != kNever && last != kNewest) facts.last = kMarks[last - 1].release;
  return facts;
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

Served served(const ArchitectureFacts& architecture, Release release) {
  if (!architecture.first) return Served::no;
  if (release < *architecture.first) {
    if (architecture.first_or_earlier) return Served::unknown;
    for (const Mark& mark : kMarks)
      if (mark.looked_at && mark.release < *architecture.first && release <= mark.release) return Served::no;
    return Served::unknown;
  }
  if (!architecture.last || release <= *architecture.last) return Served::yes;
  for (const Mark& mark : kMarks)
    if (mark.looked_at && mark.release > *architecture.last && release >= mark.release) return Served::no;
  return Served::unknown;
}

bool wrapped(const ArchitectureFacts& architecture, Release release) {
  return served(architecture, release) == Served::no &&
         architecture.has(release < Release{19} ? ArchitectureTrait::wrapped4 : ArchitectureTrait::wrapped);
}

int architecture_count() { return kRows; }

ArchitectureFacts architecture_at(int index) {
  std::size_t begin = 0;
  while (index-- > 0) begin = next_row(begin);
  return row_at(begin);
}

}  // namespace vram_gauge
