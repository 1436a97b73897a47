#include "json.hpp"

#include <nlohmann/json.hpp>

#include "json_repair.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

using Type = JsonNode::Type;

// Builds the flat tree from nlohmann's events; `false` stops the parser, `stopped` then says why.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(Document& document) : document_(document) {}
  std::string_view stopped;
  std::size_t error_at = 0;

  bool null() override { return add(Type::null); }
  bool boolean(bool value) override {
    if (!add(Type::boolean)) return false;
    document_.nodes.back().boolean = value;
    return true;
  }
  bool number_integer(number_integer_t value) override { return integer(value); }
  bool number_unsigned(number_unsigned_t value) override {
    return value <= INT64_MAX ? integer(static_cast<std::int64_t>(value)) : number(static_cast<double>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return number(value); }
  bool string(string_t& value) override {
    if (!add(Type::text)) return false;
    JsonNode& node = document_.nodes.back();
    node.text_at = static_cast<std::uint32_t>(document_.strings.size());
    node.text_size = static_cast<std::uint32_t>(value.size());
    document_.strings += value;
    return true;
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Type::object); }
  bool start_array(std::size_t) override { return open(Type::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override {
    key_at_ = static_cast<std::uint32_t>(document_.strings.size());
    key_size_ = static_cast<std::uint32_t>(value.size());
    document_.strings += value;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override {
    error_at = position;
    return false;
  }

 private:
  struct Open {
    std::int32_t node, last;
  };

  bool integer(std::int64_t value) {
    if (!add(Type::integer)) return false;
    document_.nodes.back().integer = value;
    document_.nodes.back().number = static_cast<double>(value);
    return true;
  }
  bool number(double value) {
    if (!add(Type::number)) return false;
    document_.nodes.back().number = value;
    return true;
  }
  bool add(Type type) {
    const auto index = static_cast<std::int32_t>(document_.nodes.size());
    if (index >= max_values) return stopped = "holds too many values for a model's config", false;
    JsonNode& node = document_.nodes.emplace_back();
    node.type = type;
    if (open_.empty()) return true;
    node.key_at = key_at_;
    node.key_size = key_size_;
    Open& parent = open_.back();
    (parent.last ? document_.nodes[static_cast<std::size_t>(parent.last)].next
                 : document_.nodes[static_cast<std::size_t>(parent.node)].child) = index;
    parent.last = index;
    return true;
  }
  bool open(Type type) {
    if (open_.size() >= max_depth) return stopped = "is nested too deeply for a model's config", false;
    if (!add(type)) return false;
    open_.push_back({static_cast<std::int32_t>(document_.nodes.size()) - 1, 0});
    key_at_ = key_size_ = 0;
    return true;
  }
  bool close() { return open_.pop_back(), true; }

  Document& document_;
  std::vector<Open> open_;
  std::uint32_t key_at_ = 0, key_size_ = 0;
};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// What a person would call the mistake at `at`; nlohmann's own wording speaks of parser states.
std::string explain(std::string_view text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && is_space(text[before - 1])) --before;
  const char previous = before > 0 ? text[before - 1] : '\0';
  if (at >= text.size()) return "The text ends before the JSON does: paste the whole file.";
  const std::string_view rest = text.substr(at);
  const char c = rest[0];
  if (c == '/' || c == '#') return "JSON has no comments: remove this one.";
  if (c == '\'') return "Strings need double quotes (\"), not single ones.";
  for (const std::string_view word : {"True", "False", "None"})
    if (rest.starts_with(word)) return std::string(word) + " is Python; JSON says true, false and null.";
  if ((c == '}' || c == ']') && previous == ',') return "A comma stands before the closing bracket: remove it.";
  if (previous == ',' || previous == '{' || previous == '[')
    return "A value or a key in double quotes is expected here.";
  if (previous == ':') return "A value is expected after the colon.";
  if (c == '"' || c == '{' || c == '[' || c == '-' || (c >= '0' && c <= '9')) {
    std::size_t key_end = before;
    if (previous == '"') {
      std::size_t key_start = text.rfind('"', key_end - 2);
      if (key_start != std::string_view::npos && key_end - key_start < 60)
        return "A comma or a colon is missing after " + std::string(text.substr(key_start, key_end - key_start)) + ".";
    }
    return "A comma is missing before this.";
  }
  return "This is not JSON: a comma, a closing bracket or a value is expected here.";
}

void list_duplicates(Document& document) {
  for (const JsonNode& object : document.nodes) {
    if (object.type != Type::object) continue;
    int members = 0;
    for (const JsonNode* a = document.at(object.child); a && members < 256; a = document.at(a->next), ++members)
      for (const JsonNode* b = document.at(a->next); b; b = document.at(b->next))
        if (a->key_size == b->key_size && document.key(*a) == document.key(*b)) {
          document.duplicates.emplace_back(document.key(*a));
          break;
        }
  }
}

}  // namespace

const JsonNode* Document::member(const JsonNode& object, std::string_view name) const {
  const JsonNode* found = nullptr;
  if (object.type == Type::object)
    for (const JsonNode* node = at(object.child); node; node = at(node->next))
      if (node->key_size == name.size() && key(*node) == name) found = node;
  return found;
}

void locate_offset(std::string_view text, std::size_t offset, Where& where) {
  where.line = where.column = 1;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] == '\n') ++where.line, where.column = 1;
    else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++where.column;
  }
}

void locate_key(std::string_view text, std::string_view path, Where& where) {
  std::size_t at = 0;
  for (bool more = true; more;) {
    const std::size_t dot = path.find('.');
    more = dot != std::string_view::npos;
    const std::string quoted = '"' + std::string(path.substr(0, dot)) + '"';
    const std::size_t found = text.find(quoted, at);
    if (found == std::string_view::npos) break;
    at = found;
    if (more) path.remove_prefix(dot + 1);
  }
  if (at > 0) locate_offset(text, at, where);
}

Result<Document> parse_json(std::string_view text, std::string_view field) {
  Diagnostic error{"invalid-json", {}, {std::string(field), {}, 0, 0}};
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // A request holds a config, quoted.
  if (text.size() > (field == "request" ? 2 * max_bytes : max_bytes)) {
    error.code = "too-large";
    error.message = "This text is over 4 MiB; a model's config.json has a few kilobytes.";
    return error;
  }
  Document document;
  document.nodes.reserve(text.size() / 16 + 8);
  document.strings.reserve(text.size());
  TreeBuilder builder(document);
  const bool python = contains(text, "NaN") || contains(text, "Infinity");
  const std::string repaired = python ? quote_python_floats(text) : std::string();
  const std::string_view source = python ? std::string_view(repaired) : text;
  if (!nlohmann::json::sax_parse(source.begin(), source.end(), &builder)) {
    if (!builder.stopped.empty()) {
      error.code = "too-large";
      error.message = "This text " + std::string(builder.stopped) + ".";
      return error;
    }
    // nlohmann counts the bytes read, the offending one included; step back to where its token starts.
    std::size_t at = builder.error_at > 0 ? builder.error_at - 1 : 0;
    if (at < source.size() && source[at] == '"')
      if (const std::size_t start = source.rfind('"', at - (at > 0)); at > 0 && start != std::string_view::npos)
        at = start;
    while (at > 0 && at < source.size() && (std::isalnum(static_cast<unsigned char>(source[at])) != 0) &&
           (std::isalnum(static_cast<unsigned char>(source[at - 1])) != 0))
      --at;
    error.message = explain(source, at);
    locate_offset(source, at, error.where);
    return error;
  }
  list_duplicates(document);
  return document;
}

}  // namespace vram_gauge
