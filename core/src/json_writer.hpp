// Writes JSON in the order it is told, integers as integers, the same bytes on every platform.
#pragma once

#include <cstdint>
#include <memory>
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

  [[gnu::noinline]] JsonWriter& integer(std::string_view key, std::int64_t value);
  // The shortest decimal that reads back as the same double; not finite -> null.
  [[gnu::noinline]] JsonWriter& number(std::string_view key, double value);
  [[gnu::noinline]] JsonWriter& boolean(std::string_view key, bool value);
  [[gnu::noinline]] JsonWriter& text(std::string_view key, std::string_view value);
  [[gnu::noinline]] JsonWriter& null(std::string_view key);
  JsonWriter& maybe(std::string_view key, const std::optional<std::int64_t>& value) {
    return value ? integer(key, *value) : null(key);
  }
  // `json` as it stands.
  JsonWriter& raw(std::string_view key, std::string_view json);

  std::string str() const { return {out_.get(), used_}; }

 private:
  [[gnu::noinline]] JsonWriter& open(std::string_view key, char bracket);
  [[gnu::noinline]] JsonWriter& close(char bracket);
  void start(std::string_view key);
  void quote(std::string_view text);
  void put(std::string_view text);
  void put(char c) { *room(1) = c, ++used_; }
  // Where the next `size` bytes go; the caller counts those it writes in used_.
  char* room(std::size_t size);

  // Of a report's usual size; a string or vector would fill it first.
  std::size_t used_ = 0, room_ = std::size_t{8} << 10;
  std::unique_ptr<char[]> out_{new char[room_]};
};

// As JsonWriter::number prints it.
std::string decimal(double value);

}  // namespace vram_gauge
