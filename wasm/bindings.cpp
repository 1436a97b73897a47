// The facade as JavaScript sees it: strings in and out, parsed models behind number handles. Translation only.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vram_gauge/vram_gauge.hpp"

namespace {

using emscripten::val;
using Model = std::shared_ptr<const vram_gauge::ParsedModel>;

// Handle n is entry n - 1; a closed entry is empty and used again. Handle 0 stands for no model.
std::vector<Model>& models() {
  static std::vector<Model> table;
  return table;
}

const vram_gauge::ParsedModel* find(int handle) {
  const auto index = static_cast<std::size_t>(handle) - 1;
  return index < models().size() ? models()[index].get() : nullptr;
}

int open_model(const std::string& config, const std::string& hf_quant_config, const std::string& known_model) {
  Model model = vram_gauge::open_model(config, hf_quant_config, known_model);
  auto& table = models();
  std::size_t index = 0;
  while (index < table.size() && table[index]) ++index;
  if (index == table.size()) table.emplace_back();
  table[index] = std::move(model);
  return static_cast<int>(index) + 1;
}

void close_model(int handle) {
  if (find(handle)) models()[static_cast<std::size_t>(handle) - 1].reset();
}

// A JavaScript string. Embind's own walks over every byte twice in JavaScript; the engine's decoder reads them in
// place.
val text_of(std::string_view text) {
  static const val& decoder = *new val(val::global("TextDecoder").new_());
  return decoder.call<val>("decode", val(emscripten::typed_memory_view(text.size(), text.data())));
}

val report(int handle, const std::string& request) { return text_of(vram_gauge::report(find(handle), request)); }

val tensors(int handle, const std::string& request) { return text_of(vram_gauge::tensors(find(handle), request)); }

// A Float64Array of its own: memory may grow, and with it move, at the next call.
val sweep(int handle, const std::string& request) {
  const std::vector<double> cells = vram_gauge::sweep(find(handle), request);
  return val(emscripten::typed_memory_view(cells.size(), cells.data())).call<val>("slice");
}

val read_log(const std::string& text) { return text_of(vram_gauge::read_log(text)); }

val catalog() { return text_of(vram_gauge::catalog()); }

val version() { return text_of(vram_gauge::version()); }

}  // namespace

EMSCRIPTEN_BINDINGS(vram_gauge) {
  emscripten::function("openModel", &open_model);
  emscripten::function("closeModel", &close_model);
  emscripten::function("report", &report);
  emscripten::function("tensors", &tensors);
  emscripten::function("sweep", &sweep);
  emscripten::function("readLog", &read_log);
  emscripten::function("catalog", &catalog);
  emscripten::function("version", &version);
}
