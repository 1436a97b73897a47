// config.json -> Model: picks the language model's part and the family that declares its architecture. The last place
// that sees JSON.
#pragma once

#include <string>

#include "build_context.hpp"
#include "config_reader.hpp"
#include "model.hpp"

namespace vram_gauge {

// Where the language model stands in a config: the root, or text_config, llm_config and the like inside it.
ConfigReader text_config(const ConfigReader& root);

// What the file says of its quantization: at the root, else beside the language model's keys.
ConfigReader quantization_of(const ConfigReader& root, const ConfigReader& text);

// The name vLLM looks up: the first of "architectures", else the usual one of its model_type, else "".
std::string architecture_of(const ConfigReader& root);

// What is wrong with a file that is JSON but no model's config (an adapter, a tokenizer, an index …), if so.
std::optional<Diagnostic> not_a_model(const ConfigReader& root);

// The key of a size without which vLLM builds nothing, if one is missing or 0 ("missing-key").
std::optional<Diagnostic> missing_size(const ConfigReader& text, const Model& model);

// `context.architecture` is set here. Errors (a missing size, a wrong type) are left in the reader's log.
Model build_model(const ConfigReader& root, BuildContext context);

}  // namespace vram_gauge
