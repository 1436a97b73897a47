#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

// The catalogue of GPUs (rows in gpus.inc). A row is one device as the driver shows it: one die of a two-die module.

namespace vram_gauge {

struct Gpu {
  // How far memory_bytes can be trusted.
  enum class Confidence : std::uint8_t {
    measured,  // a public print of this very device states the total
    derived,   // from a twin device's print, or nvidia-smi's total less the driver's usual reserve
    nominal,   // no print known: 97 % of the announced size, or the note says what else
  };
  enum class Memory : std::uint8_t {
    own,      // the device's own memory
    unified,  // a share of the host's RAM: the total moves with firmware, kernel and what else runs there
  };

  std::string_view id;                  // stable key, lower case: "h100-sxm-80gb"
  std::string_view name;                // as the driver prints it; not unique (two sizes of the RTX 3080)
  std::string_view vendor;              // "NVIDIA", "AMD", "Intel"
  std::int64_t memory_bytes = 0;            // the total that the driver reports, what vLLM takes its share of
  std::string_view compute_capability;  // CUDA's "9.0" or the gfx name; empty for Intel
  int sm_count = 0;                         // torch's multi_processor_count; 0 = not known
  int bandwidth_gb_s = 0;                   // memory bandwidth in 10^9 bytes per second; 0 = not known
  std::string_view link;                // "nvlink4", with "-bridge" if two cards need one; "pcie"; the vendor's own
  Confidence confidence = Confidence::nominal;
  Memory memory = Memory::own;
  std::string_view note;                // what a reader should know of memory_bytes; may be empty
  std::string_view source;              // where memory_bytes is from
};

// All rows in their order, for `for (const Gpu& gpu : gpus())`. Each is read from one packed text when its turn comes.
class GpuRows {
 public:
  class Iterator {
   public:
    explicit Iterator(std::string_view rest) : rest_(rest) { ++*this; }
    const Gpu& operator*() const { return gpu_; }
    Iterator& operator++();
    bool operator!=(const Iterator&) const { return !at_end_; }

   private:
    std::string_view rest_;
    Gpu gpu_;
    bool at_end_ = false;
  };
  Iterator begin() const;
  Iterator end() const { return Iterator({}); }
};

inline GpuRows gpus() { return {}; }

// The row with that id.
std::optional<Gpu> find_gpu(std::string_view id);

// "measured", "derived", "nominal"
std::string_view to_string(Gpu::Confidence confidence);

}  // namespace vram_gauge
