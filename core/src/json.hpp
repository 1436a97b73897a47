// JSON text -> a flat, read-only tree. The parser is known to json.cpp only.
//
// Accepts what Python's json writes into real config files: bare NaN and Infinity (read as text, never as a number)
// and a byte order mark. A repeated key keeps its last value, as Python does, and is listed in `duplicates`.
// Refuses, with line and column: syntax errors, more than `max_depth` levels, more than `max_values` values and
// texts over `max_bytes`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vram_gauge/result.hpp"

namespace vram_gauge {

inline constexpr int max_depth = 64;
inline constexpr int max_values = 200'000;
inline constexpr std::size_t max_bytes = 4u << 20;

struct JsonNode {
  enum class Type : std::uint8_t { null, boolean, integer, number, text, array, object };
  Type type = Type::null;
  bool boolean = false;
  std::int32_t next = 0;   // the following sibling, 0 = none
  std::int32_t child = 0;  // the first member or element, 0 = none
  std::uint32_t key_at = 0, key_size = 0, text_at = 0, text_size = 0;
  std::int64_t integer = 0;
  double number = 0;  // of integers too

  bool is_number() const { return type == Type::integer || type == Type::number; }
};

class Document {
 public:
  std::vector<JsonNode> nodes;  // nodes[0] is the root; empty where nothing was read
  std::string strings;
  std::vector<std::string> duplicates;

  std::string_view key(const JsonNode& node) const { return {strings.data() + node.key_at, node.key_size}; }
  std::string_view text(const JsonNode& node) const { return {strings.data() + node.text_at, node.text_size}; }
  // The member `name` of `object` (its last, should it be repeated), or null.
  const JsonNode* member(const JsonNode& object, std::string_view name) const;
  const JsonNode* at(std::int32_t index) const { return index > 0 ? &nodes[static_cast<std::size_t>(index)] : nullptr; }
};

// `field` is the request field the text came in, for the error's `where`.
Result<Document> parse_json(std::string_view text, std::string_view field);

// Line and column (from 1, in characters) of a byte offset, and of the key at a path like "text_config.hidden_size".
void locate_offset(std::string_view text, std::size_t offset, Where& where);
void locate_key(std::string_view text, std::string_view path, Where& where);

}  // namespace vram_gauge
