#include "config_reader.hpp"

#include <algorithm>
#include <cmath>

#include "data/config_defaults.hpp"
#include "format.hpp"
#include "json_copy.hpp"

namespace vram_gauge {

using Type = JsonNode::Type;

namespace {

std::string_view first_of(std::string_view& keys) {
  const std::size_t bar = keys.find('|');
  const std::string_view key = keys.substr(0, bar);
  keys.remove_prefix(bar == std::string_view::npos ? keys.size() : bar + 1);
  return key;
}

}  // namespace

void ReadLog::note(std::string_view code, std::string message, std::string_view key) {
  for (const Note& known : notes)
    if (known.code == code && known.key == key) return;
  notes.push_back({std::string(code), std::move(message), std::string(key)});
}

void ReadLog::fail(std::string_view code, std::string message, std::string_view key) {
  if (!error) error = Diagnostic{std::string(code), std::move(message), {field, std::string(key), 0, 0}};
}

std::string ConfigReader::json(std::string_view keys) const {
  const ConfigReader part = object(keys);
  JsonWriter out;
  if (part) write_json(out, {}, *document_, *part.node_);
  return out.str();
}

const JsonNode* ConfigReader::find(std::string_view keys, std::string_view& key) const {
  if (!node_) return nullptr;
  while (!keys.empty()) {
    key = first_of(keys);
    const JsonNode* node = document_->member(*node_, key);
    if (!node) continue;
    log_->used[static_cast<std::size_t>(node - document_->nodes.data())] = true;  // a null says something too
    if (node->type != Type::null) return node;
  }
  return nullptr;
}

const JsonNode* ConfigReader::wrong(std::string_view key, std::string_view expected) const {
  const std::string name = full(key);
  log_->fail("invalid-value", '"' + name + "\" must be " + std::string(expected) + ".", name);
  return nullptr;
}

ConfigReader ConfigReader::object(std::string_view keys) const {
  std::string_view key;
  const JsonNode* node = find(keys, key);
  if (node && node->type != Type::object) node = wrong(key, "an object");
  ConfigReader inner = *this;
  inner.node_ = node;
  const std::string_view name = node ? key : first_of(keys);
  inner.path_ = full(name);
  inner.class_ = inner.defaults_of_ = {};
  inner.defaults_.reset();
  inner.class_ = nested_model_type(defaults(), name, inner.model_type());
  return inner;
}

bool ConfigReader::has(std::string_view keys) const {
  std::string_view key;
  return find(keys, key) != nullptr;
}

bool ConfigReader::absent(std::string_view keys) const {
  if (node_)
    while (!keys.empty())
      if (document_->member(*node_, first_of(keys))) return false;
  return true;
}

bool ConfigReader::is_array(std::string_view key) const {
  std::string_view found;
  const JsonNode* node = find(key, found);
  return node && node->type == Type::array;
}

bool ConfigReader::is_text(std::string_view key) const {
  std::string_view found;
  const JsonNode* node = find(key, found);
  return node && node->type == Type::text;
}

bool ConfigReader::is_object(std::string_view key) const {
  std::string_view found;
  const JsonNode* node = find(key, found);
  return node && node->type == Type::object;
}

std::string_view ConfigReader::defaults() const {
  if (!defaults_) defaults_ = class_defaults(class_type());
  return *defaults_;
}

std::optional<double> ConfigReader::class_default(std::string_view keys) const {
  if (defaults().empty() || !absent(keys)) return std::nullopt;
  while (!keys.empty()) {
    const std::string_view key = first_of(keys);
    if (const std::optional<double> value = default_in(defaults(), key)) {
      log_->note("class-default",
                 '"' + full(key) + "\" is not in the file: the " + std::string(class_type()) + " class default " +
                     thousandths(static_cast<std::int64_t>(std::floor(*value * 1000.0 + 0.5))) + " counts.",
                 full(key));
      return value;
    }
  }
  return std::nullopt;
}

bool ConfigReader::whole(const JsonNode& node, std::string_view key, std::int64_t max, std::int64_t& out,
                         std::int64_t min) const {
  const bool ok = node.is_number() && std::floor(node.number) == node.number &&
                  node.number >= static_cast<double>(min) && node.number <= static_cast<double>(max);
  if (!ok) return wrong(key, "a whole number from " + std::to_string(min) + " to " + std::to_string(max)), false;
  out = static_cast<std::int64_t>(node.number);
  return true;
}

std::optional<std::int64_t> ConfigReader::find_integer(std::string_view keys, std::int64_t max,
                                                       std::int64_t min) const {
  std::string_view key;
  std::int64_t value = 0;
  if (const JsonNode* node = find(keys, key)) {
    if (!whole(*node, key, max, value, min)) return std::nullopt;
    return value;
  }
  if (const std::optional<double> fallback = class_default(keys)) return static_cast<std::int64_t>(*fallback);
  return std::nullopt;
}

std::int64_t ConfigReader::integer(std::string_view keys, std::int64_t fallback, std::int64_t max) const {
  return find_integer(keys, max).value_or(fallback);
}

std::int64_t ConfigReader::positive(std::string_view keys, std::int64_t fallback, std::int64_t max) const {
  return find_integer(keys, max, 1).value_or(fallback);
}

std::int64_t ConfigReader::index(std::string_view keys, std::int64_t fallback, std::int64_t max) const {
  return find_integer(keys, max, -max).value_or(fallback);
}

std::int64_t ConfigReader::size(std::string_view keys, std::int64_t max) const {
  if (const std::optional<std::int64_t> value = find_integer(keys, max, 1)) return *value;
  // Not if it is there and wrong: the first error stays.
  if (log_)
    log_->fail("missing-key", '"' + full(first_of(keys)) + "\" is missing, and its model type has no default for it.",
               path_);
  return 1;
}

std::optional<double> ConfigReader::find_number(std::string_view keys) const {
  std::string_view key;
  if (const JsonNode* node = find(keys, key)) {
    if (!node->is_number() || !std::isfinite(node->number)) return wrong(key, "a number"), std::nullopt;
    return node->number;
  }
  return class_default(keys);
}

double ConfigReader::number(std::string_view keys, double fallback) const {
  return find_number(keys).value_or(fallback);
}

std::optional<double> ConfigReader::find_ratio(std::string_view keys, bool positive) const {
  constexpr double most = 1 << 20;
  const std::optional<double> value = find_number(keys);
  if (!value || (*value >= (positive ? 1 / most : 0) && *value <= most)) return value;
  std::string_view key = first_of(keys);
  find(keys, key);
  return wrong(key, positive ? "a number from 0.000001 to 1048576" : "a number from 0 to 1048576"), std::nullopt;
}

double ConfigReader::ratio(std::string_view keys, double fallback, bool positive) const {
  return find_ratio(keys, positive).value_or(fallback);
}

std::optional<bool> ConfigReader::find_flag(std::string_view keys) const {
  std::string_view key;
  if (const JsonNode* node = find(keys, key)) {
    if (node->type == Type::boolean) return node->boolean;
    if (node->is_number()) return node->number != 0;
    return wrong(key, "true or false"), std::nullopt;
  }
  if (const std::optional<double> fallback = class_default(keys)) return *fallback != 0;
  return std::nullopt;
}

bool ConfigReader::flag(std::string_view keys, bool fallback) const { return find_flag(keys).value_or(fallback); }

std::string_view ConfigReader::text(std::string_view keys, std::string_view fallback) const {
  std::string_view key;
  const JsonNode* node = find(keys, key);
  if (!node) return fallback;
  if (node->type == Type::text) return document_->text(*node);
  return wrong(key, "a text"), fallback;
}

std::vector<std::string_view> ConfigReader::names() const {
  std::vector<std::string_view> values;
  if (node_)
    for (const JsonNode* item = document_->at(node_->child); item; item = document_->at(item->next))
      values.push_back(document_->key(*item));
  return values;
}

bool ConfigReader::is_read(const JsonNode& node) const {
  if (log_->used[static_cast<std::size_t>(&node - document_->nodes.data())]) return true;
  for (const JsonNode* item = document_->at(node.child); item; item = document_->at(item->next))
    if (is_read(*item)) return true;
  return false;
}

std::vector<std::string_view> ConfigReader::unread() const {
  std::vector<std::string_view> values;
  for (const JsonNode* item = node_ ? document_->at(node_->child) : nullptr; item; item = document_->at(item->next)) {
    const bool says_nothing = item->type == Type::null || (item->type == Type::boolean && !item->boolean);
    if (!says_nothing && !is_read(*item)) values.push_back(document_->key(*item));
  }
  return values;
}

std::string_view ConfigReader::model_type() const {
  const JsonNode* node = node_ ? document_->member(*node_, "model_type") : nullptr;
  if (node) log_->used[static_cast<std::size_t>(node - document_->nodes.data())] = true;
  if (node && node->type == Type::text) return document_->text(*node);
  return class_.empty() ? defaults_of_ : class_;
}

ConfigReader ConfigReader::with_defaults_of(std::string_view model_type) const {
  ConfigReader other = *this;
  other.defaults_of_ = model_type;
  other.defaults_.reset();
  return other;
}

}  // namespace vram_gauge
