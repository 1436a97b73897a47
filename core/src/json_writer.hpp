// Writes JSON in the order it is told, integers as integers, the same bytes on every platform.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vram_gauge {

class JsonWriter {
 public:
  JsonWriter& begin_object(std::string_view key = {}) { return open(key, '{'); }
  JsonWriter& begin_array(std::string_view key = {}) { return open(key, '['); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& end_array() { return close(']'); }

  JsonWriter& integer(std::string_view key, std::int64_t value);
  // The shortest decimal that reads back as the same double; not finite -> null.
  JsonWriter& number(std::string_view key, double value);
  JsonWriter& boolean(std::string_view key, bool value);
  JsonWriter& text(std::string_view key, std::string_view value);
  JsonWriter& null(std::string_view key);
  JsonWriter& maybe(std::string_view key, const std::optional<std::int64_t>& value) {
    return value ? integer(key, *value) : null(key);
  }
  // `json` as it stands.
  JsonWriter& raw(std::string_view key, std::string_view json);

  const std::string& str() const { return out_; }

 private:
  JsonWriter& open(std::string_view key, char bracket);
  JsonWriter& close(char bracket);
  void start(std::string_view key);
  void quote(std::string_view text);

  std::string out_;
};

// As JsonWriter::number prints it.
std::string decimal(double value);

}  // namespace vram_gauge
