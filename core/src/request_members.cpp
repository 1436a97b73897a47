// Members of dictionaries of settings that vLLM doesn't have.
#include <algorithm>

#include "data/members.hpp"
#include "request_fields.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// From 0.33 on a dash does as well (vllm/engine/arg_utils.py:EngineArgs.create_speculative_config): not read here.
bool is_dashed(const Dictionary& dictionary, std::string name, Release release) {
  if (dictionary.name != "speculative_config" || release < Release{33, 0}) return false;
  std::replace(name.begin(), name.end(), '-', '_');
  return has_word(dictionary.members, name);
}

bool is_former(std::string_view name, Release release) {
  for (const Former& one : former)
    if (one.name == name) return release < one.gone;
  return false;
}

}  // namespace

// vllm/config/utils.py:config forbids other members from 0.16 on.
void name_unknown_members(const Fields& engine, Request& request) {
  for (const Dictionary& dictionary : dictionaries) {
    const ConfigReader& all = engine.reader();
    const ConfigReader given =
        (dictionary.within.empty() ? all : all.object(dictionary.within)).object(dictionary.name);
    for (const std::string_view name : given.names()) {
      if (has_word(dictionary.members, name) || is_former(name, request.release)) continue;
      if (has_word(dictionary.null_only, name) && !given.has(name)) continue;
      const std::string path = given.path() + '.' + std::string(name);
      if (is_dashed(dictionary, std::string(name), request.release)) name_unweighed(path, request.engine);
      else if (request.release >= Release{16, 0} && !request.release_is_newer)
        given.log().fail("vllm-refuses/unknown-setting",
                         "vLLM refuses to start with \"" + path + "\": it has no such setting.", path);
      else
        request.warnings.push_back(
            {"unknown-engine-argument", '"' + path + "\" is not modelled and changes nothing here.", path});
    }
  }
}

}  // namespace vram_gauge
