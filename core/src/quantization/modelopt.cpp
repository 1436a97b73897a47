// NVIDIA ModelOpt: FP8, NVFP4, MXFP8 and mixtures, also MiniMax's mxfp8 (vllm/model_executor/layers/quantization/
// modelopt.py). The config stands in config.json's quantization_config or in hf_quant_config.json.
#include "quantization/pattern.hpp"
#include "quantization/quantizer.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

QuantScheme modelopt_scheme(QuantFormat format, std::int64_t bits, std::int64_t group = 0) {
  return make_scheme(format, bits, group, QuantDialect::modelopt);
}

enum class Algorithm : std::uint8_t {
  none,
  fp8,
  fp8_channel,
  fp8_block,
  nvfp4,
  nvfp4_weight_only,
  mxfp8,
  mixed,
  unknown
};

Algorithm algorithm_of(std::string_view name) {
  const std::string algo = upper(name);
  if (algo.empty()) return Algorithm::none;
  if (algo == "FP8") return Algorithm::fp8;
  if (algo == "FP8_PER_CHANNEL_PER_TOKEN") return Algorithm::fp8_channel;
  if (algo == "FP8_PB_WO" || algo == "FP8_BLOCK_SCALES") return Algorithm::fp8_block;
  if (algo == "NVFP4") return Algorithm::nvfp4;
  if (algo == "W4A16_NVFP4") return Algorithm::nvfp4_weight_only;
  if (algo == "MXFP8") return Algorithm::mxfp8;
  if (algo == "MIXED_PRECISION") return Algorithm::mixed;
  return Algorithm::unknown;
}

// The first release whose mixtures have layers of it (modelopt.py:ModelOptMixedPrecisionConfig.get_quant_method); as a
// checkpoint's only algorithm just W4A16 is as young.
Release first_in_mixtures(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::nvfp4_weight_only:
      return {22};
    case Algorithm::mxfp8:
      return {25};
    case Algorithm::fp8_block:
      return {29};
    case Algorithm::fp8_channel:
      return {30};
    default:
      return {};
  }
}

class ModelOpt final : public Quantizer {
 public:
  explicit ModelOpt(QuantContext& context) : context_(context) {
    const ConfigReader nested = context.config.object("quantization");
    const ConfigReader& config = nested ? nested : context.config;
    algorithm_ = context.method == "mxfp8" && !config.has("quant_algo") ? Algorithm::mxfp8
                                                                        : algorithm_of(config.text("quant_algo"));
    read_excluded(config);
    group_ = config.index("group_size", 0);
    const bool has_cache_scheme =
        !nested && !config.is_text("kv_cache_scheme") && is_float8(config.object("kv_cache_scheme"));
    const bool has_cache_algo = nested && config.has("kv_cache_quant_algo");
    if (algorithm_ == Algorithm::nvfp4 && context.release >= Release{29} && weights_only(config))
      algorithm_ = Algorithm::nvfp4_weight_only;
    if (algorithm_ == Algorithm::mixed) read_layers(config);
    else if (algorithm_ == Algorithm::nvfp4_weight_only && context.release < first_in_mixtures(algorithm_))
      algorithm_ = Algorithm::unknown;
    if (algorithm_ == Algorithm::none || algorithm_ == Algorithm::unknown)
      context.refuse("quantization-unsupported",
                     "vLLM does not know the ModelOpt algorithm \"" + std::string(config.text("quant_algo")) + "\".");
    if (group_ <= 0) group_ = 16;
    // Every attention layer gets its scales, also an MLA one; in a mixture only plain ones, if the cache is quantized.
    const bool mixed = algorithm_ == Algorithm::mixed;
    if (!mixed || has_cache_scheme || has_cache_algo) context.model.scale_parameters = ScaleParameters::scalars;
    context.model.scale_parameters_of_mla = !mixed;
  }

  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (excluded(subject)) return {};
    const std::string_view name = subject.name;
    if (algorithm_ == Algorithm::mixed) return scheme(layer_algorithm(subject), subject);
    for (const std::string_view tower : {"vision_tower", "vision_model", "vit_large_projector"})
      if (contains(name, tower)) return {};
    return scheme(algorithm_, subject);
  }

  std::uint64_t fingerprint(std::int64_t layer) const override {
    return excluded_.fingerprint(layer) * 31 + layers_.fingerprint(layer);
  }

 private:
  static bool is_float8(const ConfigReader& scheme) {
    return scheme && scheme.text("type") == "float" && scheme.integer("num_bits", 0) == 8;
  }

  static bool weights_only(const ConfigReader& config) {
    const ConfigReader groups = config.object("config_groups");
    if (!groups || groups.names().empty()) return false;
    for (const std::string_view name : groups.names())
      if (groups.object(name).has("input_activations")) return false;
    return true;
  }

  // "path*" stands for the path itself and all below it, where the class renames modules.
  void read_excluded(const ConfigReader& config) {
    std::string_view key = "exclude_modules";
    if (context_.method == "mxfp8" && !config.has("quant_algo")) key = "ignored_layers";
    else if (!config.absent("ignore")) key = "ignore";
    for (std::string_view name : config.texts(key)) {
      if (context_.renames.mapped() && name.size() >= 2 && name.back() == '*' && name[name.size() - 2] != '.') {
        name.remove_suffix(1);
        excluded_.add(context_.renames(name));
        excluded_.add(context_.renames(std::string(name) + ".*"));
      } else {
        excluded_.add(context_.renames(name));
      }
    }
  }

  void read_layers(const ConfigReader& config) {
    const ConfigReader layers = config.object("quantized_layers");
    if (!layers)
      return context_.refuse("quantization-unsupported",
                             "A MIXED_PRECISION checkpoint has to list its quantized_layers.");
    for (const std::string_view name : layers.names()) {
      const ConfigReader layer = layers.object(name);
      Algorithm algorithm = algorithm_of(layer.text("quant_algo"));
      if (context_.release < first_in_mixtures(algorithm)) {
        algorithm = Algorithm::none;
        context_.inexact("This release's ModelOpt mixtures have no " + upper(layer.text("quant_algo")) +
                         ": it builds those layers unquantized and can't load them.");
      }
      layers_.add(context_.renames(name), static_cast<int>(algorithm));
      if (group_ <= 0 && (algorithm == Algorithm::nvfp4 || algorithm == Algorithm::nvfp4_weight_only))
        group_ = layer.index("group_size", 16);
      if (algorithm == Algorithm::fp8_block && block_ == 0) block_ = layer.index("group_size", 128);
      if (algorithm == Algorithm::unknown)
        context_.inexact("A layer's ModelOpt algorithm is not modelled: " + std::string(layer.text("quant_algo")));
    }
  }

  // is_layer_excluded: the exact name, any part of it, or a wildcard.
  bool excluded(const QuantSubject& subject) {
    if (excluded_.empty()) return false;
    if (skipped_exactly(excluded_, subject, context_)) return true;
    std::string_view name = subject.name;
    const auto accepts = [&](std::string_view text, int) {
      return contains(name, text) || wildcard_matches(text, name);
    };
    return excluded_.first(subject.layer, accepts) >= 0;
  }

  Algorithm find(std::int64_t layer, std::string_view name) const {
    const int index = layers_.first(layer, [&](std::string_view text, int) { return text == name; });
    return index < 0 ? Algorithm::none : static_cast<Algorithm>(layers_.value(index));
  }
  Algorithm below(std::int64_t layer, const std::string& prefix) const {
    const int index = layers_.first(layer, [&](std::string_view text, int) { return text.starts_with(prefix); });
    return index < 0 ? Algorithm::none : static_cast<Algorithm>(layers_.value(index));
  }

  // ModelOptMixedPrecisionConfig._resolve_quant_algo
  Algorithm layer_algorithm(const QuantSubject& subject) {
    const std::string& name = subject.name;
    Algorithm found = find(subject.layer, name);
    if (found == Algorithm::none && name.ends_with(".lm_head")) found = find(-1, "lm_head");
    if (found != Algorithm::none) return found;
    for (const std::string& shard : subject.shards) {
      const Algorithm own = find(subject.layer, shard);
      if (own == Algorithm::none) continue;
      if (found != Algorithm::none && own != found)
        context_.refuse("quantization-unsupported",
                        "The projections that vLLM fuses into " + name + " are quantized differently.");
      found = own;
    }
    if (found != Algorithm::none) return found;
    found = below(subject.layer, name + ".");
    if (found == Algorithm::none && name.ends_with(".experts"))
      found = below(subject.layer, name.substr(0, name.size() - 7));
    return found;
  }

  QuantScheme scheme(Algorithm algorithm, const QuantSubject& subject) const {
    const bool experts = subject.kind == QuantSubject::Kind::experts;
    switch (algorithm) {
      case Algorithm::fp8_channel:
        if (!experts) return modelopt_scheme(QuantFormat::fp8_channel, 8);
        [[fallthrough]];  // ModelOpt's FP8 experts are per tensor
      case Algorithm::fp8: {
        QuantScheme fp8 = modelopt_scheme(QuantFormat::fp8_tensor, 8);
        fp8.static_input = true;
        return fp8;
      }
      case Algorithm::fp8_block:
        return block_scheme(experts);
      case Algorithm::nvfp4:
        return modelopt_scheme(QuantFormat::nvfp4, 4, group_);
      case Algorithm::nvfp4_weight_only: {
        QuantScheme nvfp4 = modelopt_scheme(QuantFormat::nvfp4, 4, group_);
        nvfp4.weight_only = true;
        return nvfp4;
      }
      case Algorithm::mxfp8:
        return modelopt_scheme(QuantFormat::mxfp8, 8, 32);
      default:
        return {};
    }
  }

  // As experts of a mixture they are the fp8 method's; in a checkpoint of its own they'd be per tensor.
  QuantScheme block_scheme(bool experts) const {
    if (experts && algorithm_ != Algorithm::mixed) {
      QuantScheme fp8 = modelopt_scheme(QuantFormat::fp8_tensor, 8);
      fp8.static_input = true;
      return fp8;
    }
    QuantScheme scheme = modelopt_scheme(QuantFormat::fp8_block, 8);
    scheme.block_n = scheme.block_k = static_cast<std::int32_t>(experts && block_ > 0 ? block_ : 128);
    if (experts) {
      scheme.dialect = QuantDialect::plain;
      scheme.padding = ExpertPadding::fp8_refined;
    }
    return scheme;
  }

  QuantContext& context_;
  Algorithm algorithm_ = Algorithm::none;
  NameList excluded_, layers_;
  std::int64_t group_ = 0, block_ = 0;
};

}  // namespace

std::unique_ptr<Quantizer> make_modelopt(QuantContext& context) { return std::make_unique<ModelOpt>(context); }

}  // namespace vram_gauge
