// The native command line: reads files and arguments, and lets core answer.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

#include "arguments.hpp"
#include "json_text.hpp"
#include "table.hpp"
#include "vram_gauge/vram_gauge.hpp"

namespace vram_gauge::cli {
namespace {

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& stream = path == "-" ? std::cin : file;
  if (!stream) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad()) return std::nullopt;
  return text;
}

std::string error_object(std::string_view code, std::string_view message, std::string_view field) {
  return "{\"error\":{\"code\":" + quoted(code) + ",\"message\":" + quoted(message) +
         ",\"where\":{\"field\":" + quoted(field) + "}}}";
}

// Moves the text of the file that `key` names out of the request: nothing where no file is named. An error object in
// `error` where it cannot be read.
std::optional<std::string> take_file(std::string& request, std::string_view key, std::string& error) {
  const std::string_view value = value_at(request, key);
  if (value.empty()) return std::nullopt;
  const auto path = unquoted(value);
  auto text = path ? read_file(*path) : std::nullopt;
  if (!path) error = error_object("invalid-request", "A path must be a string.", key);
  if (path && !text) error = error_object("file-unreadable", "The file " + *path + " cannot be read.", key);
  request = without(request, key);
  return text;
}

// Files are opened as a model of their own, so that their text needs no quoting; all else goes to core as it is.
std::string answer(std::string request, Output output) {
  std::string error;
  auto config = take_file(request, "config_path", error);
  const auto hf_quant_config = take_file(request, "hf_quant_config_path", error);
  if (const auto draft_config = take_file(request, "draft_config_path", error))
    request = with_value(request, "draft_config", quoted(*draft_config));
  if (!error.empty()) return error;
  std::shared_ptr<const ParsedModel> model;
  if (config || hf_quant_config) {
    if (!config) config = unquoted(value_at(request, "config"));
    const auto known_model = unquoted(value_at(request, "known_model"));
    model = open_model(config.value_or(""), hf_quant_config.value_or(""), known_model.value_or(""));
  }
  if (output == Output::used_keys && model) return used_config(model.get(), request);
  return output == Output::tensors ? tensors(model.get(), request) : report(model.get(), request);
}

// An id is echoed as it was written, so it must be a string, a number or a literal; anything else comes back as null.
std::string_view valid_id(std::string_view id) {
  if (id == "true" || id == "false" || unquoted(id)) return id;
  const std::string_view digits = id.substr(id.starts_with('-') ? 1 : 0);
  const bool integer = !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
  return integer && (digits.size() == 1 || digits[0] != '0') ? id : "null";
}

std::string answer_line(std::string_view line) {
  const auto members = members_of(line);
  const std::string_view request = members ? value_at(line, "request") : std::string_view{};
  const std::string report =
      request.empty() ? error_object("invalid-request", "A line must be an object with id and request.", "request")
                      : answer(std::string(request), Output::json);
  return "{\"id\":" + std::string(members ? valid_id(value_at(line, "id")) : "null") + ",\"report\":" + report + "}\n";
}

int run_batch() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) std::cout << answer_line(line);
  return std::cout.flush() ? 0 : 1;
}

std::string with_arguments(std::string request, const Arguments& arguments) {
  if (!arguments.config_file.empty()) request = with_value(request, "config_path", quoted(arguments.config_file));
  for (const auto& [path, value] : arguments.settings) request = with_value(request, path, value);
  return request;
}

int run_report(const Arguments& arguments) {
  std::string request = "{}";
  if (!arguments.request_file.empty()) {
    auto text = read_file(arguments.request_file);
    if (!text) {
      std::cerr << "vram-gauge: cannot read " << arguments.request_file << '\n';
      return 2;
    }
    request = std::move(*text);
  }
  if (members_of(request)) request = with_arguments(std::move(request), arguments);
  const std::string text = answer(std::move(request), arguments.output);
  std::cout << (arguments.output == Output::table ? as_table(text) : text);
  if (!text.ends_with('\n') && arguments.output != Output::table) std::cout << '\n';
  return value_at(text, "error").empty() ? 0 : 1;
}

int run(int argc, char** argv) {
  const auto arguments = parse_arguments(argc, argv);
  if (!arguments) return 2;
  switch (arguments->mode) {
    case Mode::batch:
      return run_batch();
    case Mode::read_log:
      std::cout << read_log(read_file("-").value_or("")) << '\n';
      return 0;
    case Mode::catalog:
      std::cout << catalog() << '\n';
      return 0;
    case Mode::changes:
      std::cout << release_changes() << '\n';
      return 0;
    case Mode::version:
      std::cout << version() << '\n';
      return 0;
    case Mode::help:
      std::cout << usage;
      return 0;
    case Mode::report:
      return run_report(*arguments);
  }
  return 2;
}

}  // namespace
}  // namespace vram_gauge::cli

int main(int argc, char** argv) { return vram_gauge::cli::run(argc, argv); }
