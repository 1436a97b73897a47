// The parts of read_startup_log(), a file each.
#pragma once

#include "startup_log.hpp"

namespace vram_gauge {

// Version, model and engine arguments: from "non-default args", the Namespace line, the engine's config line, and
// single lines that state one setting.
void read_log_settings(std::string_view text, LogFacts& facts);

// How it ended, how far it came, and what an out-of-memory error says.
void read_log_outcome(std::string_view text, LogFacts& facts);

}  // namespace vram_gauge
