// JSON that was read, written again: whole, or laid over another.
#pragma once

#include "json.hpp"
#include "json_writer.hpp"

namespace vram_gauge {

// `node` of `document` and everything below it.
void write_json(JsonWriter& out, std::string_view key, const Document& document, const JsonNode& node);

// The config as `overrides` (an object) leave it: a member of theirs replaces the one of that name, or, where that is
// the config of a part of the model, is laid over it (vllm/config/model.py:ModelConfig._apply_dict_overrides).
std::string lay_over(const Document& config, const Document& overrides);

}  // namespace vram_gauge
