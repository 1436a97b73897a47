// Lists in a config.
#include "config_reader.hpp"

namespace vram_gauge {

using Type = JsonNode::Type;

std::vector<const JsonNode*> ConfigReader::items(std::string_view keys, std::string_view& key) const {
  const JsonNode* node = find(keys, key);
  if (!node) return {};
  if (node->type != Type::array) return {node};
  std::vector<const JsonNode*> all;
  for (const JsonNode* item = document_->at(node->child); item; item = document_->at(item->next)) all.push_back(item);
  return all;
}

std::vector<std::int64_t> ConfigReader::integers(std::string_view keys, std::int64_t min, std::int64_t max) const {
  std::vector<std::int64_t> values;
  std::string_view key;
  for (const JsonNode* item : items(keys, key)) {
    std::int64_t value = 0;
    if (item->type == Type::boolean && min <= 0) value = item->boolean;
    else if (item->type == Type::null && min < 0) value = -1;
    else if (!whole(*item, key, max, value, min)) return {};
    values.push_back(value);
  }
  return values;
}

std::int64_t ConfigReader::first(std::string_view keys, std::int64_t fallback, std::int64_t max,
                                 std::int64_t min) const {
  if (!is_array(keys)) return find_integer(keys, max, min).value_or(fallback);
  const std::vector<std::int64_t> values = integers(keys, min, max);
  return values.empty() ? fallback : values[0];
}

std::vector<double> ConfigReader::numbers(std::string_view keys) const {
  std::vector<double> values;
  std::string_view key;
  for (const JsonNode* item : items(keys, key)) {
    if (!item->is_number()) return wrong(key, "a list of numbers"), std::vector<double>();
    values.push_back(item->number);
  }
  return values;
}

std::vector<std::string_view> ConfigReader::texts(std::string_view keys) const {
  std::vector<std::string_view> values;
  std::string_view key;
  for (const JsonNode* item : items(keys, key)) {
    if (item->type != Type::text) return wrong(key, "a list of texts"), std::vector<std::string_view>();
    values.push_back(document_->text(*item));
  }
  return values;
}

std::vector<ConfigReader> ConfigReader::objects(std::string_view keys) const {
  std::vector<ConfigReader> values;
  std::string_view key;
  const JsonNode* node = find(keys, key);
  if (node && node->type != Type::array && node->type != Type::object) return wrong(key, "a list of objects"), values;
  for (const JsonNode* item : items(keys, key)) {
    ConfigReader inner = *this;
    inner.node_ = item->type == Type::object ? item : nullptr;
    inner.path_ = full(key);
    inner.class_ = inner.defaults_of_ = {};
    inner.defaults_.reset();
    values.push_back(std::move(inner));
  }
  return values;
}

}  // namespace vram_gauge
