// JSON handled as text: a member is found, replaced or dropped in place, so that what the user wrote reaches core as it
// was written. Only brackets and strings are looked at; whether the rest is JSON is for core to say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vram_gauge::cli {

struct Member {
  std::string_view key;    // as written between its quotes
  std::string_view value;  // as written, without the blanks around it
};

// The members of an object in their order; nothing where `text` is not one object.
std::optional<std::vector<Member>> members_of(std::string_view text);

// The elements of an array in their order; empty where `text` is not one array.
std::vector<std::string_view> elements_of(std::string_view text);

// The value at `path` ("verdict.starts"), empty where there is none. Of several with one key, the last.
std::string_view value_at(std::string_view object, std::string_view path);

// What a JSON string says; nothing where `value` is no well-formed string.
std::optional<std::string> unquoted(std::string_view value);

std::string quoted(std::string_view text);

// `object` with the value at `path` replaced or added, along with the objects on the way to it.
std::string with_value(std::string_view object, std::string_view path, std::string_view value);

// `object` without any member named `key`.
std::string without(std::string_view object, std::string_view key);

}  // namespace vram_gauge::cli
