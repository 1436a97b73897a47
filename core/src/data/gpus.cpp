#include "data/gpus.hpp"

#include <algorithm>
#include <array>

namespace vram_gauge {
namespace {

// All rows as one text, a line each with its fields between bars: without the pointers and lengths of an array of
// structs it takes two thirds of the room in a compressed module.
constexpr std::string_view kTable =
#define GPU(id, name, vendor, bytes, capability, sms, bandwidth, link, confidence, memory, note, source)        \
  id "|" name "|" vendor "|" #bytes "|" capability "|" #sms "|" #bandwidth "|" link "|" #confidence "|" #memory \
     "|" note "|" source "\n"
#include "data/gpus.inc"
#undef GPU
    ;

constexpr auto kRows = std::count(kTable.begin(), kTable.end(), '\n');

// Where each row starts, so that looking an id up doesn't walk over the rows before it.
constexpr auto kStarts = [] {
  std::array<std::uint16_t, kRows> starts{};
  std::size_t row = 0, start = 0;
  for (std::size_t at = 0; at < kTable.size(); ++at)
    if (kTable[at] == '\n') starts[row++] = static_cast<std::uint16_t>(start), start = at + 1;
  return starts;
}();
static_assert(kTable.size() < 1 << 16);

// Takes the next field off the front, up to a bar; the last one up to the end of the line.
std::string_view take(std::string_view& text, char stop = '|') {
  const std::size_t end = text.find(stop);
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(end + 1);
  return field;
}

std::int64_t take_number(std::string_view& text) {
  std::int64_t value = 0;
  for (const char digit : take(text)) value = value * 10 + (digit - '0');
  return value;
}

Gpu::Confidence confidence_named(std::string_view name) {
  for (const auto confidence : {Gpu::Confidence::measured, Gpu::Confidence::derived})
    if (to_string(confidence) == name) return confidence;
  return Gpu::Confidence::nominal;
}

// Takes a row off the front.
Gpu take_gpu(std::string_view& text) {
  Gpu gpu;
  gpu.id = take(text);
  gpu.name = take(text);
  gpu.vendor = take(text);
  gpu.memory_bytes = take_number(text);
  gpu.compute_capability = take(text);
  gpu.sm_count = static_cast<int>(take_number(text));
  gpu.bandwidth_gb_s = static_cast<int>(take_number(text));
  gpu.link = take(text);
  gpu.confidence = confidence_named(take(text));
  gpu.memory = take(text) == "unified" ? Gpu::Memory::unified : Gpu::Memory::own;
  gpu.note = take(text);
  gpu.source = take(text, '\n');
  return gpu;
}

}  // namespace

GpuRows::Iterator GpuRows::begin() const { return Iterator(kTable); }

GpuRows::Iterator& GpuRows::Iterator::operator++() {
  at_end_ = rest_.empty();
  if (!at_end_) gpu_ = take_gpu(rest_);
  return *this;
}

std::optional<Gpu> find_gpu(std::string_view id) {
  for (const std::uint16_t start : kStarts) {
    std::string_view row = kTable.substr(start);
    if (row.substr(0, row.find('|')) == id) return take_gpu(row);
  }
  return std::nullopt;
}

std::string_view to_string(Gpu::Confidence confidence) {
  switch (confidence) {
    case Gpu::Confidence::measured:
      return "measured";
    case Gpu::Confidence::derived:
      return "derived";
    case Gpu::Confidence::nominal:
      break;
  }
  return "nominal";
}

}  // namespace vram_gauge
