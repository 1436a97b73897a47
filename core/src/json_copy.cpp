#include "json_copy.hpp"

namespace vram_gauge {
namespace {

using Type = JsonNode::Type;

// Not one that is called "": nobody looks it up, a params.json's erased members are called so, and JsonWriter takes it
// for none.
void write_member(JsonWriter& out, const Document& document, const JsonNode& member) {
  const std::string_view name = document.key(member);
  if (!name.empty()) write_json(out, name, document, member);
}

// A part's own config class, unlike the dictionary of a quantization.
bool is_part(std::string_view key, const JsonNode& node) {
  for (const std::string_view dictionary : {"quantization_config", "compression_config", "linear_attn_config",
                                            "sparse_attention_config", "dflash_config", "eagle_config"})
    if (key == dictionary) return false;
  return node.type == Type::object && key.ends_with("_config");
}

void lay(JsonWriter& out, std::string_view key, const Document& config, const JsonNode& below,
         const Document& overrides, const JsonNode& above) {
  out.begin_object(key);
  for (const JsonNode* item = config.at(below.child); item; item = config.at(item->next)) {
    const std::string_view name = config.key(*item);
    const JsonNode* over = overrides.member(above, name);
    if (!over) write_member(out, config, *item);
    else if (is_part(name, *item) && over->type == Type::object) lay(out, name, config, *item, overrides, *over);
    else write_member(out, overrides, *over);
  }
  for (const JsonNode* item = overrides.at(above.child); item; item = overrides.at(item->next))
    if (!config.member(below, overrides.key(*item))) write_member(out, overrides, *item);
  out.end_object();
}

}  // namespace

void write_json(JsonWriter& out, std::string_view key, const Document& document, const JsonNode& node) {
  switch (node.type) {
    case Type::null:
      out.null(key);
      return;
    case Type::boolean:
      out.boolean(key, node.boolean);
      return;
    case Type::integer:
      out.integer(key, node.integer);
      return;
    case Type::number:
      out.number(key, node.number);
      return;
    case Type::text:
      out.text(key, document.text(node));
      return;
    case Type::array:
      out.begin_array(key);
      break;
    case Type::object:
      out.begin_object(key);
      break;
  }
  for (const JsonNode* item = document.at(node.child); item; item = document.at(item->next))
    node.type == Type::object ? write_member(out, document, *item) : write_json(out, {}, document, *item);
  node.type == Type::array ? out.end_array() : out.end_object();
}

std::string lay_over(const Document& config, const Document& overrides) {
  JsonWriter out;
  lay(out, {}, config, config.nodes[0], overrides, overrides.nodes[0]);
  return out.str();
}

}  // namespace vram_gauge
