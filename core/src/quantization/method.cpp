#include "quantization/method.hpp"

#include "words.hpp"

namespace vram_gauge {
namespace {

using Make = std::unique_ptr<Quantizer> (*)(QuantContext&);

// A method that checkpoints are made with, from the first to the last release that lists it
// (vllm/model_executor/layers/quantization/__init__.py:QUANTIZATION_METHODS); {} = in the oldest or newest known one.
struct MethodRow {
  std::string_view name;
  Make make;  // null: not modelled
  Release first, last;
  int capability;  // the least GPU
};

constexpr MethodRow method_rows[] = {
    {"fp8", make_fp8, {}, {}, 75},
    {"deepseek_v4_fp8", make_deepseek_v4, {20, 0}, {}, 75},
    {"fbgemm_fp8", make_fbgemm, {}, {}, 80},
    {"compressed-tensors", make_compressed_tensors, {}, {}, 70},
    {"modelopt", make_modelopt, {6, 1}, {}, 80},
    {"modelopt_fp4", make_modelopt, {9, 0}, {}, 75},
    {"modelopt_mxfp8", make_modelopt, {16, 0}, {}, 80},
    {"modelopt_mixed", make_modelopt, {17, 0}, {}, 75},
    {"mxfp8", make_modelopt, {19, 0}, {}, 80},
    {"mxfp4", make_mxfp4, {10, 1}, {}, 80},
    {"gpt_oss_mxfp4", make_mxfp4, {20, 0}, {}, 80},
    {"awq", make_awq, {}, {}, 75},
    {"awq_marlin", make_awq, {}, {}, 75},
    {"auto_awq", make_awq, {24, 0}, {}, 75},
    {"gptq", make_gptq, {}, {}, 60},
    {"gptq_marlin", make_gptq, {}, {}, 60},
    {"auto_gptq", make_gptq, {22, 0}, {}, 60},
    {"inc", make_inc, {10, 0}, {}, 60},
    {"moe_wna16", nullptr, {7, 1}, {}, 70},
    {"bitsandbytes", make_bitsandbytes, {}, {27, 1}, 70},
    {"quark", make_quark, {7, 0}, {}, 70},
    {"torchao", nullptr, {8, 4}, {}, 75},
    {"fp_quant", nullptr, {11, 1}, {}, 100},
    {"experts_int8", nullptr, {}, {}, 80},
    {"humming", nullptr, {20, 0}, {}, 75},
    {"gguf", nullptr, {}, {23, 0}, 60},
    {"hqq", nullptr, {6, 5}, {14, 1}, 80},
    {"bitblas", nullptr, {8, 5}, {15, 1}, 70},
    {"gptq_marlin_24", nullptr, {}, {15, 1}, 80},
    {"auto-round", make_inc, {9, 0}, {14, 1}, 60},
    {"ptpc_fp8", nullptr, {7, 3}, {18, 1}, 94},
    {"petit_nvfp4", nullptr, {10, 2}, {19, 1}, 90},
    {"aqlm", nullptr, {}, {10, 0}, 60},
    {"deepspeedfp", nullptr, {}, {14, 1}, 60},
    {"gptq_bitblas", nullptr, {8, 5}, {15, 1}, 70},
    {"marlin", nullptr, {}, {10, 1}, 80},
    {"qqq", nullptr, {}, {10, 1}, 80},
    {"rtn", nullptr, {9, 2}, {14, 1}, 80},
    {"squeezellm", nullptr, {}, {6, 0}, 70},
};

// Methods for 16-bit checkpoints, by --quantization only, and since when; where checkpoints are made with them too, the
// row above says that. GGUF files are among them, as their config says nothing of it.
struct OnlineName {
  std::string_view name;
  Release first;
};

constexpr OnlineName online_names[] = {
    {"fp8", {}},
    {"mxfp8", {}},
    {"mxfp4", {}},
    {"fp8_per_tensor", {20, 0}},
    {"fp8_per_block", {20, 0}},
    {"fp8_per_channel", {24, 0}},
    {"int8_per_channel_weight_only", {20, 0}},
    {"nvfp4_per_token", {26, 0}},
    {"experts_int8", {}},
    {"bitsandbytes", {}},
    {"online", {20, 0}},
    {"torchao", {}},
    {"gguf", {}},
};

const MethodRow* find_row(std::string_view name) {
  for (const MethodRow& row : method_rows)
    if (row.name == name) return &row;
  return nullptr;
}

const OnlineName* find_online(std::string_view name) {
  for (const OnlineName& known : online_names)
    if (known.name == name) return &known;
  return nullptr;
}

void refuse(std::optional<Diagnostic>& refused, std::string_view reason, std::string message, std::string_view field) {
  if (!refused) refused = refusal(reason, std::move(message), field);
}

// The algorithm of a ModelOpt config, in capitals.
std::string modelopt_algorithm(const ConfigReader& config) {
  const ConfigReader nested = config.object("quantization");
  std::string algorithm(nested ? nested.text("quant_algo") : config.text("quant_algo"));
  for (char& c : algorithm)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return algorithm;
}

// model_arch_config_convertor.py:_normalize_quantization_config; models/config.py:KimiK3…
std::string own_method(const MethodQuestion& q, const ConfigReader& config, std::optional<Diagnostic>& refused) {
  if (const ConfigReader nested = config.object("quantization");
      nested && (config.object("producer").text("name") == "modelopt" || nested.has("modelopt_quant_config"))) {
    const std::string algorithm = modelopt_algorithm(config);
    if (algorithm == "NVFP4") return "modelopt_fp4";
    if (algorithm == "MIXED_PRECISION" && q.release >= Release{26, 0}) return "modelopt_mixed";
    if (is_one_of(algorithm, {"FP8", "FP8_PER_CHANNEL_PER_TOKEN", "FP8_PB_WO"})) return "modelopt";
    if (!algorithm.empty()) {
      refuse(refused, "quantization-unsupported",
             "This release reads no ModelOpt config of the algorithm " + algorithm + ".", "quantization_config");
      return "modelopt";
    }
  }
  std::string method = lower(config.text("quant_method"));
  if (method == "compressed_tensors") method = "compressed-tensors";
  if (method == "compressed-tensors" && q.root.model_type().starts_with("kimi_k3") &&
      config.text("format") == "mxfp4-pack-quantized")
    return "mxfp4";
  return method;
}

// What a method's override_quantization_method makes of the checkpoint, given what the user asks for; "" = no method
// claims it. A claim also overrules the user.
std::string_view claimed(const std::string& own, const MethodQuestion& q, const ConfigReader& config) {
  // gptq and awq and their Marlin variants became one method each (quantization/auto_gptq.py, auto_awq.py).
  const bool marlin = q.capability == 0 || q.capability >= 75;  // unknown: a current GPU
  const bool one_gptq = q.release >= Release{22, 0}, one_awq = q.release >= Release{24, 0};
  if (own == "gptq" && is_one_of(q.requested, {"", "gptq_marlin", "auto_gptq", "marlin"})) {
    if (one_gptq) return "auto_gptq";
    const std::int64_t bits = config.integer("bits", 0);
    return (bits == 4 || bits == 8) && config.flag("sym", true) && marlin ? "gptq_marlin" : "gptq";
  }
  if (own == "awq" && is_one_of(q.requested, {"", "awq_marlin", "auto_awq", "marlin"}))
    return one_awq ? "auto_awq" : marlin ? "awq_marlin" : "awq";
  if (one_gptq && own == q.requested && own == "gptq") return "auto_gptq";
  if (one_awq && own == q.requested && own == "awq") return "auto_awq";
  if ((own == "gptq" || own == "awq") && q.requested == "moe_wna16") return "moe_wna16";
  if (own == "auto-round" && q.release >= Release{15, 0}) return "inc";
  if (std::string_view(own).starts_with("modelopt")) {
    const std::string algorithm = modelopt_algorithm(config);
    if (algorithm == "FP8") return "modelopt";
    if (algorithm == "MIXED_PRECISION") return "modelopt_mixed";
    if (contains(algorithm, "MXFP8")) return "modelopt_mxfp8";
    if (contains(algorithm, "FP4")) return "modelopt_fp4";
  }
  const std::string_view type = q.root.model_type();
  if (is_one_of(own, {"fp8", "deepseek_v4_fp8"}) &&
      (type.starts_with("deepseek_v4") || q.requested == "deepseek_v4_fp8"))
    return "deepseek_v4_fp8";
  if (is_one_of(own, {"mxfp4", "gpt_oss_mxfp4"}) && type == "gpt_oss" && q.release >= Release{20, 0})
    return "gpt_oss_mxfp4";
  return {};
}

// Refused unless allowed by name, from 0.14 on (quantization/__init__.py:DEPRECATED_QUANTIZATION_METHODS).
bool is_deprecated(std::string_view name, Release release) {
  if (release < Release{14, 0}) return false;
  if (name == "experts_int8") return release <= Release{19, 1};
  return is_one_of(name, {"fbgemm_fp8", "fp_quant", "deepspeedfp", "ptpc_fp8", "bitblas", "gptq_marlin_24",
                          "gptq_bitblas", "hqq", "auto-round", "rtn", "petit_nvfp4"});
}

void check_release(const std::string& name, const MethodQuestion& q, std::optional<Diagnostic>& refused) {
  const MethodRow* row = find_row(name);
  const OnlineName* online = find_online(name);
  if (!row && online && q.release >= online->first) return;
  if (!row || q.release < row->first || (row->last != Release{} && q.release > row->last))
    return refuse(refused, "quantization-unsupported",
                  "vLLM " + to_string(q.release) + " does not know the quantization method \"" + name + "\".",
                  "config");
  if (is_deprecated(name, q.release))
    return refuse(refused, "quantization-deprecated",
                  "vLLM starts a " + name + " checkpoint only with --allow-deprecated-quantization.", "config");
  if (q.capability > 0 && q.capability < row->capability)
    refuse(refused, "quantization-unsupported",
           "The quantization method \"" + name + "\" needs a GPU of compute capability " +
               std::to_string(row->capability / 10) + '.' + std::to_string(row->capability % 10) + " or more.",
           "hardware");
}

}  // namespace

MethodAnswer pick_method(const MethodQuestion& q, std::optional<Diagnostic>& refused,
                         std::vector<std::string>& inexact) {
  MethodAnswer answer;
  answer.config = q.config ? q.config : q.hf_quant;
  const std::string own = answer.config ? own_method(q, answer.config, refused) : std::string();
  const std::string requested = lower(q.requested);
  if (!answer.config) {
    answer.name = requested;
    answer.online = !requested.empty();
    if (answer.online && !find_online(requested))
      refuse(refused, "quantization-mismatch",
             "The checkpoint is not quantized, and \"" + requested + "\" can't quantize it while loading.",
             "engine.quantization");
    if (!refused && answer.online) check_release(answer.name, q, refused);
    return answer;
  }
  const std::string_view claim = claimed(own, q, answer.config);
  answer.name = claim.empty() ? own : std::string(claim);
  if (claim.empty() && !requested.empty() && requested != own)
    refuse(refused, "quantization-mismatch",
           own.empty() ? "The checkpoint's quantization names no method that vLLM knows, so \"" + requested +
                             "\" does not match it."
                       : "The checkpoint is quantized by \"" + own + "\", not by \"" + requested + "\".",
           "engine.quantization");
  if (answer.name.empty())
    answer.config.log().note(
        "quantization-not-read",
        "vLLM finds no quantization method in this checkpoint's settings and would load it as 16 bit.", "quant_method");
  const auto lists = [](const ConfigReader& config) {
    return config.has("quantized_layers") || config.object("quantization").has("quantized_layers");
  };
  if (answer.name == "modelopt_mixed" && !lists(answer.config)) {
    if (q.hf_quant && lists(q.hf_quant)) answer.config = q.hf_quant;
    else inexact.push_back("Which layers are quantized how stands in hf_quant_config.json, which isn't given.");
  }
  if (!answer.name.empty() && !refused) check_release(answer.name, q, refused);
  return answer;
}

std::vector<OnlineMethod> online_methods() {
  std::vector<OnlineMethod> methods;
  for (const OnlineName& known : online_names) {
    if (is_one_of(known.name, {"online", "torchao", "gguf"})) continue;  // need more than their name
    const MethodRow* row = find_row(known.name);
    methods.push_back({known.name, row ? row->first : known.first, row ? row->last : Release{}});
  }
  return methods;
}

std::unique_ptr<Quantizer> make_quantizer(QuantContext& context, bool online) {
  if (online) return make_online(context);
  const MethodRow* row = find_row(context.method);
  if (row && row->make) return row->make(context);
  context.inexact("The quantization method " + std::string(context.method) +
                  " is not modelled; weights are counted as 16 bit.");
  return nullptr;
}

}  // namespace vram_gauge
