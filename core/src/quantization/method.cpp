#include "quantization/method.hpp"

#include "words.hpp"

namespace vram_gauge {
namespace {

using Make = std::unique_ptr<Quantizer> (*)(QuantContext&);

// A method that checkpoints are made with. `first` and `last` are minor releases, 0 = no limit known.
struct Row {
  std::string_view name;
  Make make;  // null: not modelled
  int first, last;
  int capability;  // the least GPU
};

constexpr Row rows[] = {
    {"fp8", make_fp8, 0, 0, 75},
    {"deepseek_v4_fp8", make_deepseek_v4, 25, 0, 75},
    {"fbgemm_fp8", make_fbgemm, 0, 0, 80},
    {"compressed-tensors", make_compressed_tensors, 0, 0, 70},
    {"modelopt", make_modelopt, 0, 0, 80},
    {"modelopt_fp4", make_modelopt, 9, 0, 75},
    {"modelopt_mxfp8", make_modelopt, 17, 0, 80},
    {"modelopt_mixed", make_modelopt, 17, 0, 75},
    {"mxfp8", make_modelopt, 25, 0, 80},
    {"mxfp4", make_mxfp4, 10, 0, 80},
    {"gpt_oss_mxfp4", make_mxfp4, 20, 0, 80},
    {"awq", make_awq, 0, 0, 75},
    {"awq_marlin", make_awq, 0, 0, 75},
    {"auto_awq", make_awq, 20, 0, 75},
    {"gptq", make_gptq, 0, 0, 60},
    {"gptq_marlin", make_gptq, 0, 0, 60},
    {"auto_gptq", make_gptq, 20, 0, 60},
    {"inc", make_inc, 0, 0, 60},
    {"moe_wna16", nullptr, 7, 0, 70},
    {"bitsandbytes", make_bitsandbytes, 0, 27, 70},
    {"quark", make_quark, 7, 0, 70},
    {"torchao", nullptr, 9, 0, 75},
    {"fp_quant", nullptr, 11, 0, 100},
    {"experts_int8", nullptr, 0, 0, 80},
    {"humming", nullptr, 25, 0, 75},
    {"gguf", nullptr, 0, 23, 60},
    {"hqq", nullptr, 0, 16, 80},
    {"bitblas", nullptr, 0, 16, 70},
    {"gptq_marlin_24", nullptr, 0, 16, 80},
    {"auto-round", make_inc, 0, 16, 60},
    {"ptpc_fp8", nullptr, 0, 19, 94},
    {"petit_nvfp4", nullptr, 0, 19, 90},
};

// Methods for 16-bit checkpoints, by --quantization only; and that of GGUF files, whose config says nothing of it.
constexpr std::string_view online_names[] = {"fp8",
                                             "mxfp8",
                                             "mxfp4",
                                             "fp8_per_tensor",
                                             "fp8_per_block",
                                             "fp8_per_channel",
                                             "int8_per_channel_weight_only",
                                             "nvfp4_per_token",
                                             "experts_int8",
                                             "bitsandbytes",
                                             "online",
                                             "torchao",
                                             "gguf"};

const Row* find_row(std::string_view name) {
  for (const Row& row : rows)
    if (row.name == name) return &row;
  return nullptr;
}

bool is_online(std::string_view name) {
  for (const std::string_view known : online_names)
    if (known == name) return true;
  return false;
}

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  for (const std::string_view known : names)
    if (known == name) return true;
  return false;
}

void refuse(std::optional<Diagnostic>& refused, std::string_view reason, std::string message, std::string_view field) {
  if (!refused)
    refused = Diagnostic{"vllm-refuses/" + std::string(reason), std::move(message), {std::string(field), {}, 0, 0}};
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
    if (one_of(algorithm, {"FP8", "FP8_PER_CHANNEL_PER_TOKEN", "FP8_PB_WO"})) return "modelopt";
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
  const bool merged = q.release >= Release{20, 0};  // gptq and awq and their Marlin variants became one method each
  if (own == "gptq" && one_of(q.requested, {"", "gptq_marlin", "auto_gptq", "marlin"})) {
    if (merged) return "auto_gptq";
    const std::int64_t bits = config.integer("bits", 0);
    return (bits == 4 || bits == 8) && config.flag("sym", true) && q.capability >= 75 ? "gptq_marlin" : "gptq";
  }
  if (own == "awq" && one_of(q.requested, {"", "awq_marlin", "auto_awq", "marlin"}))
    return merged ? "auto_awq" : q.capability >= 75 ? "awq_marlin" : "awq";
  if (merged && own == q.requested && own == "gptq") return "auto_gptq";
  if (merged && own == q.requested && own == "awq") return "auto_awq";
  if ((own == "gptq" || own == "awq") && q.requested == "moe_wna16") return "moe_wna16";
  if (own == "auto-round") return "inc";
  if (std::string_view(own).starts_with("modelopt")) {
    const std::string algorithm = modelopt_algorithm(config);
    if (algorithm == "FP8") return "modelopt";
    if (algorithm == "MIXED_PRECISION") return "modelopt_mixed";
    if (contains(algorithm, "MXFP8")) return "modelopt_mxfp8";
    if (contains(algorithm, "FP4")) return "modelopt_fp4";
  }
  const std::string_view type = q.root.model_type();
  if (one_of(own, {"fp8", "deepseek_v4_fp8"}) && (type.starts_with("deepseek_v4") || q.requested == "deepseek_v4_fp8"))
    return "deepseek_v4_fp8";
  if (one_of(own, {"mxfp4", "gpt_oss_mxfp4"}) && type == "gpt_oss" && merged) return "gpt_oss_mxfp4";
  return {};
}

void check_release(const std::string& name, const MethodQuestion& q, std::optional<Diagnostic>& refused,
                   std::vector<std::string>& inexact) {
  const Row* row = find_row(name);
  if (!row && is_online(name)) return;
  if (!row || (row->first && q.release < Release{row->first, 0}) ||
      (row->last && q.release >= Release{row->last + 1, 0}))
    return refuse(refused, "quantization-unsupported",
                  "vLLM " + to_string(q.release) + " does not know the quantization method \"" + name + "\".",
                  "config");
  if (name == "fbgemm_fp8" || name == "fp_quant") {
    if (q.release >= Release{19, 0})
      return refuse(refused, "quantization-deprecated",
                    "vLLM starts a " + name + " checkpoint only with --allow-deprecated-quantization.", "config");
    inexact.push_back("Whether this release already refuses " + name + " was not read.");
  }
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
    if (answer.online && !is_online(requested))
      refuse(refused, "quantization-mismatch",
             "The checkpoint is not quantized, and \"" + requested + "\" can't quantize it while loading.",
             "engine.quantization");
    if (!refused && answer.online) check_release(answer.name, q, refused, inexact);
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
  if (!answer.name.empty() && !refused) check_release(answer.name, q, refused, inexact);
  return answer;
}

std::unique_ptr<Quantizer> make_quantizer(QuantContext& context, bool online) {
  if (online) return make_online(context);
  const Row* row = find_row(context.method);
  if (row && row->make) return row->make(context);
  context.inexact("The quantization method " + std::string(context.method) +
                  " is not modelled; weights are counted as 16 bit.");
  return nullptr;
}

}  // namespace vram_gauge
