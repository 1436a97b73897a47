// What the parts of a request are read with.
#pragma once

#include <algorithm>

#include "request.hpp"
#include "words.hpp"

namespace vram_gauge {

inline constexpr std::int64_t max_exact = std::int64_t{1} << 53;

// Looks a group of the request up; every failure names the field's path.
class Fields {
 public:
  explicit Fields(ConfigReader reader) : reader_(std::move(reader)) {}

  std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max) const {
    return reader_.find_integer(key, max, min);
  }
  std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max, std::int64_t fallback) const {
    return integer(key, min, max).value_or(fallback);
  }
  std::optional<double> number(std::string_view key, double min, double max) const {
    const std::optional<double> value = reader_.find_number(key);
    if (value && !(*value >= min && *value <= max))
      return wrong(key, "a number from " + std::to_string(static_cast<std::int64_t>(min)) + " to " +
                            std::to_string(static_cast<std::int64_t>(max))),
             std::nullopt;
    return value;
  }
  bool flag(std::string_view key, bool fallback = false) const { return reader_.flag(key, fallback); }
  std::optional<bool> maybe_flag(std::string_view key) const { return reader_.find_flag(key); }
  std::optional<std::string> text(std::string_view key) const {
    if (!reader_.has(key)) return std::nullopt;
    return std::string(reader_.text(key));
  }
  // One of the names, or an error listing them.
  std::optional<std::string> choice(std::string_view key, std::initializer_list<std::string_view> names,
                                    bool any_case = false) const {
    std::optional<std::string> value = text(key);
    if (!value) return value;
    for (const std::string_view name : names)
      if (*value == name || (any_case && lower(*value) == lower(name))) return std::string(name);
    std::string list;
    for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    wrong(key, "one of " + list);
    return std::nullopt;
  }
  void wrong(std::string_view key, std::string_view expected) const {
    const std::string path = reader_.path().empty() ? std::string(key) : reader_.path() + "." + std::string(key);
    reader_.log().fail("invalid-value", '"' + path + "\" must be " + std::string(expected) + ".", path);
  }
  const ConfigReader& reader() const { return reader_; }

 private:
  ConfigReader reader_;
};

template <std::size_t N>
bool is_in(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// The engine's arguments; what isn't known is a warning.
void read_engine(const Fields& fields, Request& request);

// Says that a setting which may matter is not modelled; and which of a command line's words are such.
void name_unweighed(const std::string& path, Engine& engine);
void read_unread(const Fields& top, Request& request);

// Members of its dictionaries that vLLM doesn't know: refused, or a warning.
void name_unknown_members(const Fields& engine, Request& request);

}  // namespace vram_gauge
