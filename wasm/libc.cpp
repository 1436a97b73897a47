// What the linker puts in the place of two functions of the C library (--wrap in CMakeLists.txt).
#include <cstddef>

#include "decimal.hpp"

extern "C" double __wrap_strtod(const char* text, char** end) { return vram_gauge::read_decimal(text, end); }

// Only the JSON library's lexer formats, to show a control character inside its own error text; ours come from the
// core.
extern "C" int __wrap_snprintf(char* out, std::size_t size, const char*, ...) {
  if (size > 0) *out = '\0';
  return 0;
}
