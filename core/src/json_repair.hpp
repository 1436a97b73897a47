// Python writes NaN and Infinity into JSON, which no JSON reader takes: they become strings of the same length, so
// that every line and column stays where the user typed it.
#pragma once

#include <string>
#include <string_view>

namespace vram_gauge {

// `text` with bare NaN, Infinity and -Infinity (outside strings) quoted in place; nothing else is touched.
std::string quote_python_floats(std::string_view text);

}  // namespace vram_gauge
