// The command line, taken apart.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vram_gauge::cli {

enum class Mode { report, batch, catalog, changes, read_log, help, version };
enum class Output { table, json, tensors, used_keys };

struct Arguments {
  Mode mode = Mode::report;
  Output output = Output::table;
  std::string request_file;  // "-" is standard input
  std::string config_file;
  std::vector<std::pair<std::string, std::string>> settings;  // request path -> value as JSON
};

// Nothing, and a sentence on standard error, where the arguments are not understood.
std::optional<Arguments> parse_arguments(int argc, char** argv);

// How to call this, many lines.
extern const char* const usage;

}  // namespace vram_gauge::cli
