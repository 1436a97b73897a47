// Typed look-up in a JSON object, the only way the rest of the core sees a config.
//
// A look-up takes one key or several spellings of it, "num_hidden_layers|n_layer|n_layers": the first that is present
// and not null counts. A key that is absent takes its model_type's class default (data/config_defaults), then the
// caller's fallback; a JSON null takes the caller's fallback (Transformers keeps nulls). Every key looked at and found
// is recorded as used. A value of the wrong type or out of range sets the log's error (the first one stays) and reads
// as the fallback. Defaults taken and everything else worth saying goes into the log's notes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json.hpp"

namespace vram_gauge {

// Something the reader of the report should know: a stable code, one sentence, and the config key it is about.
struct Note {
  std::string code;
  std::string message;
  std::string key;
};

// What reading one document came to; shared by all readers on it.
struct ReadLog {
  std::vector<Note> notes;
  std::optional<Diagnostic> error;
  std::vector<bool> used;  // by node
  std::string field = "config";

  void note(std::string_view code, std::string message, std::string_view key = {});
  void fail(std::string_view code, std::string message, std::string_view key = {});
};

// Sizes are at most 2^24 (16.7 million), counts of tokens 2^40, layers 2^14, and what sizes are multiplied by (kernels,
// patches, strides, ratios) 2^10; products of what a tensor multiplies stay in int64.
inline constexpr std::int64_t max_size = std::int64_t{1} << 24;
inline constexpr std::int64_t max_tokens = std::int64_t{1} << 40;
inline constexpr std::int64_t max_layers = std::int64_t{1} << 14;
inline constexpr std::int64_t max_factor = std::int64_t{1} << 10;

class ConfigReader {
 public:
  ConfigReader() = default;  // of an object that isn't there: finds nothing
  ConfigReader(const Document& document, ReadLog& log)
      : document_(&document), log_(&log), node_(document.nodes.data()) {}

  // True where the object exists (and is an object).
  explicit operator bool() const { return node_ != nullptr; }

  // The nested object; missing keys in it take the defaults of the class that Transformers reads it with.
  ConfigReader object(std::string_view keys) const;
  // Present and not null; `absent` = not even null.
  bool has(std::string_view keys) const;
  bool absent(std::string_view keys) const;
  bool is_array(std::string_view key) const;
  bool is_text(std::string_view key) const;
  bool is_object(std::string_view key) const;

  // Whole numbers from 0: vLLM's classes build nothing of less.
  std::optional<std::int64_t> find_integer(std::string_view keys, std::int64_t max = max_size,
                                           std::int64_t min = 0) const;
  std::int64_t integer(std::string_view keys, std::int64_t fallback, std::int64_t max = max_size) const;
  // The same from 1: what is divided by, or makes no sense as 0.
  std::int64_t positive(std::string_view keys, std::int64_t fallback, std::int64_t max = max_size) const;
  // The same from below 0: what is only compared, as a layer's number, or says "none" or "from the end" in that way.
  std::int64_t index(std::string_view keys, std::int64_t fallback, std::int64_t max = max_size) const;
  // As integer(), but must be there or have a class default, and be at least 1: else the log's error is set.
  std::int64_t size(std::string_view keys, std::int64_t max = max_size) const;
  std::optional<double> find_number(std::string_view keys) const;
  double number(std::string_view keys, double fallback) const;
  // From 0 to 2^20, or from 2^-20: what sizes are multiplied by.
  std::optional<double> find_ratio(std::string_view keys, bool positive = false) const;
  double ratio(std::string_view keys, double fallback, bool positive = false) const;
  std::optional<bool> find_flag(std::string_view keys) const;
  bool flag(std::string_view keys, bool fallback = false) const;
  std::string_view text(std::string_view keys, std::string_view fallback = {}) const;

  // Lists; empty where absent or null. A single value reads as a list of one.
  // A number, or the first of a list of them: one a layer, or a side.
  std::int64_t first(std::string_view keys, std::int64_t fallback, std::int64_t max = max_size,
                     std::int64_t min = 0) const;
  std::vector<std::int64_t> integers(std::string_view keys, std::int64_t min = -1, std::int64_t max = max_size) const;
  std::vector<double> numbers(std::string_view keys) const;
  std::vector<std::string_view> texts(std::string_view keys) const;
  std::vector<ConfigReader> objects(std::string_view keys) const;
  // The object as JSON, "" where it isn't there.
  std::string json(std::string_view keys) const;
  // The members' names, in the file's order (for objects used as maps).
  std::vector<std::string_view> names() const;
  // Those of them that nobody has looked at, nor at anything inside, and whose values are not null or false.
  std::vector<std::string_view> unread() const;

  // "model_type" of this object; where it doesn't say, that of the class which reads it.
  std::string_view model_type() const;
  // The same object with another model_type's class defaults (a nested config that doesn't name its own).
  ConfigReader with_defaults_of(std::string_view model_type) const;
  const std::string& path() const { return path_; }
  ReadLog& log() const { return *log_; }

 private:
  const JsonNode* find(std::string_view keys, std::string_view& key) const;
  // The elements of a list, or the single value that stands for one; `key` is the name found.
  std::vector<const JsonNode*> items(std::string_view keys, std::string_view& key) const;
  bool is_read(const JsonNode& node) const;
  const JsonNode* wrong(std::string_view key, std::string_view expected) const;
  std::string full(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }
  std::optional<double> class_default(std::string_view keys) const;
  std::string_view class_type() const { return class_.empty() ? model_type() : class_; }
  std::string_view defaults() const;
  bool whole(const JsonNode& node, std::string_view key, std::int64_t max, std::int64_t& out, std::int64_t min) const;

  const Document* document_ = nullptr;
  ReadLog* log_ = nullptr;
  const JsonNode* node_ = nullptr;
  std::string path_;
  std::string_view class_;                            // the parent's choice of the class that reads this object
  std::string_view defaults_of_;                      // the caller's, where neither the parent nor the object names one
  mutable std::optional<std::string_view> defaults_;  // of that class, once looked up
};

}  // namespace vram_gauge
