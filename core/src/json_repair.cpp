#include "json_repair.hpp"

namespace vram_gauge {

std::string quote_python_floats(std::string_view text) {
  std::string out(text);
  bool in_string = false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char c = out[i];
    if (in_string) {
      if (c == '\\') ++i;
      else if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    for (const std::string_view word : {"NaN", "Infinity", "-Infinity"}) {
      if (std::string_view(out).substr(i, word.size()) != word) continue;
      out[i] = '"';
      i += word.size() - 1;
      out[i] = '"';
      break;
    }
  }
  return out;
}

}  // namespace vram_gauge
