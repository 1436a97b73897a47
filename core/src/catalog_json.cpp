#include "data/gpus.hpp"
#include "data/known_models.hpp"
#include "json_writer.hpp"
#include "quantization/method.hpp"
#include "report_json.hpp"

namespace vram_gauge {
namespace {

void write_names(JsonWriter& w, std::string_view key, std::initializer_list<std::string_view> names) {
  w.begin_array(key);
  for (const std::string_view name : names) w.text({}, name);
  w.end_array();
}

void write_release(JsonWriter& w, std::string_view key, Release release) {
  if (release == Release{}) w.null(key);
  else w.text(key, to_string(release));
}

}  // namespace

std::string catalog_json() {
  JsonWriter w;
  w.begin_object().text("version", version()).begin_array("vllm_versions");
  const auto releases = known_releases();
  for (std::size_t i = releases.size(); i-- > 0;) w.text({}, to_string(releases[i].release));
  w.end_array().begin_array("gpus");
  for (const Gpu& gpu : gpus()) {
    w.begin_object()
        .text("id", gpu.id)
        .text("name", gpu.name)
        .text("vendor", gpu.vendor)
        .integer("memory_bytes", gpu.memory_bytes);
    w.text("compute_capability", gpu.compute_capability)
        .integer("bandwidth_gb_s", gpu.bandwidth_gb_s)
        .text("confidence", to_string(gpu.confidence));
    w.boolean("unified_memory", gpu.memory == Gpu::Memory::unified)
        .text("note", gpu.note)
        .text("source", gpu.source)
        .end_object();
  }
  w.end_array().begin_array("models");
  for (const KnownModel& model : known_models())
    w.begin_object().text("id", model.id).text("source", model.source).end_object();
  w.end_array();
  write_names(w, "dtypes", {"auto", "bfloat16", "float16", "float32"});
  write_names(w, "quantizations", {"none", "fp8", "awq", "gptq", "int8"});
  w.begin_array("online_quantizations");
  for (const OnlineMethod& method : online_methods()) {
    w.begin_object().text("id", method.name);
    write_release(w, "first_version", method.first);
    write_release(w, "last_version", method.last);
    w.end_object();
  }
  w.end_array();
  write_names(w, "kv_cache_dtypes", {"auto", "float16", "bfloat16", "fp8", "fp8_e4m3", "fp8_e5m2"});
  return w.end_object().str();
}

}  // namespace vram_gauge
