#include "json_text.hpp"

#include <cstdint>

namespace vram_gauge::cli {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The offset after the string that starts at `at`, npos where it does not end.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

// Cuts what stands between the outer brackets at its outermost commas. Nothing where brackets or strings do not close.
std::optional<std::vector<std::string_view>> split(std::string_view text, char open, char close) {
  text = trimmed(text);
  if (text.size() < 2 || text.front() != open || text.back() != close) return std::nullopt;
  const std::string_view inside = text.substr(1, text.size() - 2);
  std::vector<std::string_view> parts;
  std::size_t depth = 0, begin = 0;
  for (std::size_t at = 0; at < inside.size();) {
    const char c = inside[at];
    if (c == '"') {
      at = end_of_string(inside, at);
      if (at == std::string_view::npos) return std::nullopt;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth-- == 0) return std::nullopt;
    if (c == ',' && depth == 0) {
      parts.push_back(trimmed(inside.substr(begin, at - begin)));
      begin = at + 1;
    }
    ++at;
  }
  if (depth != 0) return std::nullopt;
  const std::string_view last = trimmed(inside.substr(begin));
  if (!last.empty() || !parts.empty()) parts.push_back(last);
  return parts;
}

std::optional<Member> member_of(std::string_view part) {
  if (part.empty() || part.front() != '"') return std::nullopt;
  const auto end = end_of_string(part, 0);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view rest = trimmed(part.substr(end));
  if (rest.empty() || rest.front() != ':') return std::nullopt;
  return Member{part.substr(1, end - 2), trimmed(rest.substr(1))};
}

std::string joined(const std::vector<Member>& members) {
  std::string text = "{";
  for (const Member& member : members) {
    if (text.size() > 1) text += ',';
    text.append("\"").append(member.key).append("\":").append(member.value);
  }
  return text + '}';
}

// Four hexadecimal digits at `at`, or -1.
int hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  int code = 0;
  for (const char c : text.substr(at, 4)) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | (code >> 6)), tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | (code >> 12)), tail(6), tail(0);
  } else {
    out += static_cast<char>(0xf0 | (code >> 18)), tail(12), tail(6), tail(0);
  }
}

// Appends what the escape at `at` (behind its backslash) stands for; the offset after it, or npos.
std::size_t append_escape(std::string& out, std::string_view text, std::size_t at) {
  constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
  if (at >= text.size()) return std::string_view::npos;
  if (const auto index = letters.find(text[at]); index != std::string_view::npos) {
    out += meanings[index];
    return at + 1;
  }
  const int unit = text[at] == 'u' ? hex4(text, at + 1) : -1;
  if (unit < 0) return std::string_view::npos;
  if (unit < 0xd800 || unit > 0xdfff) {
    append_utf8(out, static_cast<std::uint32_t>(unit));
    return at + 5;
  }
  const int low = unit < 0xdc00 && text.substr(at + 5, 2) == "\\u" ? hex4(text, at + 7) : -1;
  if (low < 0xdc00 || low > 0xdfff) return std::string_view::npos;
  append_utf8(out, static_cast<std::uint32_t>(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)));
  return at + 11;
}

}  // namespace

std::optional<std::vector<Member>> members_of(std::string_view text) {
  const auto parts = split(text, '{', '}');
  if (!parts) return std::nullopt;
  std::vector<Member> members;
  for (const std::string_view part : *parts) {
    const auto member = member_of(part);
    if (!member) return std::nullopt;
    members.push_back(*member);
  }
  return members;
}

std::vector<std::string_view> elements_of(std::string_view text) {
  return split(text, '[', ']').value_or(std::vector<std::string_view>{});
}

std::string_view value_at(std::string_view object, std::string_view path) {
  const auto dot = path.find('.');
  std::string_view found;
  for (const Member& member : members_of(object).value_or(std::vector<Member>{})) {
    if (member.key == path.substr(0, dot)) found = member.value;
  }
  return dot == std::string_view::npos ? found : value_at(found, path.substr(dot + 1));
}

std::optional<std::string> unquoted(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || end_of_string(value, 0) != value.size()) return std::nullopt;
  const std::string_view inside = value.substr(1, value.size() - 2);
  std::string text;
  for (std::size_t at = 0; at < inside.size();) {
    if (static_cast<unsigned char>(inside[at]) < 0x20) return std::nullopt;
    if (inside[at] != '\\') {
      text += inside[at++];
      continue;
    }
    at = append_escape(text, inside, at + 1);
    if (at == std::string_view::npos) return std::nullopt;
  }
  return text;
}

std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append("\\").append(1, c);
    } else if (code < 0x20) {
      out.append("\\u00").append(1, digits[code >> 4]).append(1, digits[code & 15]);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string with_value(std::string_view object, std::string_view path, std::string_view value) {
  auto members = members_of(object).value_or(std::vector<Member>{});
  const auto dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  const std::string inner = dot == std::string_view::npos
                                ? std::string(value)
                                : with_value(value_at(object, key), path.substr(dot + 1), value);
  std::erase_if(members, [&](const Member& member) { return member.key == key; });
  members.push_back({key, inner});
  return joined(members);
}

std::string without(std::string_view object, std::string_view key) {
  auto members = members_of(object).value_or(std::vector<Member>{});
  std::erase_if(members, [&](const Member& member) { return member.key == key; });
  return joined(members);
}

}  // namespace vram_gauge::cli
