#include "arguments.hpp"

#include <array>
#include <cstdio>
#include <string_view>

#include "json_text.hpp"

namespace vram_gauge::cli {

const char* const usage =
    "usage: vram-gauge [--request FILE|-] [CONFIG.json] [--set PATH=VALUE …] [--json | --tensors | --used-keys]\n"
    "       vram-gauge --batch < requests.ndjson > reports.ndjson\n"
    "       vram-gauge --read-log < vllm.log\n"
    "       vram-gauge --catalog | --changes | --version | --help\n"
    "\n"
    "  CONFIG.json         the model's config.json\n"
    "  --request FILE      a request in JSON; - reads it from standard input\n"
    "  --set PATH=VALUE    sets one field of the request: --set engine.tensor_parallel_size=2 --set "
    "hardware.gpu=h100-sxm-80gb\n"
    "                      of a file: --set hf_quant_config=@hf_quant_config.json --set "
    "draft_config=@draft/config.json\n"
    "  --json              prints the report as JSON instead of a table\n"
    "  --tensors           prints every tensor of the first rank of each stage, one JSON array a line\n"
    "  --used-keys         prints the config with only the keys that the answer read\n"
    "  --batch             one {\"id\": …, \"request\": {…}} a line in, one {\"id\": …, \"report\": {…}} a line out;\n"
    "                      config_path, hf_quant_config_path and draft_config_path in a request name files\n"
    "  --read-log          prints the figures and settings that a start-up log or traceback of vLLM shows\n"
    "  --catalog           prints what can be chosen: releases, GPUs, known models, dtypes\n"
    "  --changes           prints what changed in which vLLM release\n"
    "\n"
    "Exit status: 0 answered, 1 answered with an error, 2 not understood.\n";

namespace {

std::nullopt_t misunderstood(std::string_view what, std::string_view argument) {
  std::fprintf(stderr, "vram-gauge: %.*s: %.*s (--help tells how to call it)\n", static_cast<int>(what.size()),
               what.data(), static_cast<int>(argument.size()), argument.data());
  return std::nullopt;
}

// These are strings whatever they look like, "9.0" above all.
bool is_text_field(std::string_view path) {
  constexpr std::array<std::string_view, 5> fields{"hardware.compute_capability", "hardware.gpu", "known_model",
                                                   "vllm_version", "config"};
  for (const std::string_view field : fields) {
    if (path == field) return true;
  }
  return false;
}

// A value that is JSON is taken as it is, anything else is a string: 2, true, null, {"method":"eagle"}; auto, fp8,
// 0.33.0.
std::string as_json(std::string_view path, std::string_view value) {
  constexpr std::string_view number = "-0123456789.eE+";
  const auto is_number = [&] {
    const bool digits_only = value.find_first_not_of(number) == std::string_view::npos;
    const bool starts = !value.empty() && (value[0] == '-' || (value[0] >= '0' && value[0] <= '9'));
    const auto dot = value.find('.');
    return digits_only && starts &&
           (dot == std::string_view::npos || value.find('.', dot + 1) == std::string_view::npos);
  };
  const bool structured = !value.empty() && (value.front() == '{' || value.front() == '[' || value.front() == '"');
  const bool literal = value == "true" || value == "false" || value == "null";
  if (structured || literal || (!is_text_field(path) && is_number())) return std::string(value);
  return quoted(value);
}

bool take_setting(Arguments& arguments, std::string_view setting) {
  const auto equals = setting.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  const std::string_view path = setting.substr(0, equals), value = setting.substr(equals + 1);
  if (path.ends_with("config") && path.find('.') == std::string_view::npos && value.starts_with('@'))
    arguments.settings.emplace_back(std::string(path) + "_path", quoted(value.substr(1)));
  else arguments.settings.emplace_back(path, as_json(path, value));
  return true;
}

bool take_flag(Arguments& arguments, std::string_view flag) {
  struct Flag {
    std::string_view name;
    Mode mode;
    Output output;
  };
  constexpr std::array<Flag, 10> flags{{
      {"--json", Mode::report, Output::json},
      {"--tensors", Mode::report, Output::tensors},
      {"--used-keys", Mode::report, Output::used_keys},
      {"--batch", Mode::batch, Output::json},
      {"--catalog", Mode::catalog, Output::json},
      {"--read-log", Mode::read_log, Output::json},
      {"--changes", Mode::changes, Output::json},
      {"--version", Mode::version, Output::json},
      {"--help", Mode::help, Output::json},
      {"-h", Mode::help, Output::json},
  }};
  for (const Flag& known : flags) {
    if (known.name != flag) continue;
    if (known.mode != Mode::report) arguments.mode = known.mode;
    arguments.output = known.output;
    return true;
  }
  return false;
}

}  // namespace

std::optional<Arguments> parse_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int index = 1; index < argc; ++index) {
    const std::string_view argument = argv[index];
    if (take_flag(arguments, argument)) continue;
    if (argument == "--request" || argument == "--set") {
      if (++index == argc) return misunderstood("a value is missing after", argument);
      if (argument == "--request") {
        arguments.request_file = argv[index];
      } else if (!take_setting(arguments, argv[index])) {
        return misunderstood("--set takes PATH=VALUE, not", argv[index]);
      }
    } else if (argument.starts_with('-') && argument != "-") {
      return misunderstood("unknown option", argument);
    } else if (!arguments.config_file.empty()) {
      return misunderstood("only one config file can be given, not also", argument);
    } else {
      arguments.config_file = argument;
    }
  }
  const bool nothing = arguments.request_file.empty() && arguments.config_file.empty() && arguments.settings.empty();
  if (arguments.mode == Mode::report && nothing)
    return misunderstood("nothing to answer", "name a config or a request");
  return arguments;
}

}  // namespace vram_gauge::cli
