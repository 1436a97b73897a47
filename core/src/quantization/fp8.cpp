// fp8, DeepSeek-V4's variant of it, and fbgemm_fp8 (vllm/model_executor/layers/quantization/fp8.py, fbgemm_fp8.py,
// vllm/models/deepseek_v4/quant_config.py, deepseek_v41/quant_config.py).
#include "quantization/pattern.hpp"
#include "quantization/quantizer.hpp"

namespace vram_gauge {
namespace {

class Fp8 : public Quantizer {
 public:
  explicit Fp8(QuantContext& context) : context_(context) {
    const ConfigReader& config = context.config;
    ignored_ = read_names(config, "ignored_layers", context.renames);
    if (ignored_.empty()) ignored_ = read_names(config, "modules_to_not_convert", context.renames);
    const std::string_view activations = config.text("activation_scheme");
    if (activations != "static" && activations != "dynamic")
      context.refuse("quantization-unsupported",
                     "An fp8 checkpoint has to say activation_scheme \"static\" or \"dynamic\".");
    scheme_.format = QuantFormat::fp8_tensor;
    scheme_.bits = 8;
    scheme_.static_input = activations == "static";
    const auto block = config.integers("weight_block_size");
    if (!block.empty()) read_block(block);
    expert_ = scheme_;
    if (scheme_.format == QuantFormat::fp8_block) expert_.padding = ExpertPadding::fp8_refined;
    // A few checkpoints keep their experts in 4 bits beside fp8 linears.
    if (config.text("store_dtype") == "mxfp4") expert_ = mxfp4();
  }

  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (subject.kind == QuantSubject::Kind::head || skipped_exactly(ignored_, subject, context_)) return {};
    return subject.kind == QuantSubject::Kind::experts ? experts(subject) : scheme_;
  }

  std::uint64_t fingerprint(std::int64_t layer) const override { return ignored_.fingerprint(layer); }

 protected:
  virtual QuantScheme experts(const QuantSubject&) { return expert_; }

  static QuantScheme mxfp4() {
    QuantScheme scheme;
    scheme.format = QuantFormat::mxfp4;
    scheme.padding = ExpertPadding::mxfp4;
    scheme.bits = 4;
    scheme.group = 32;
    return scheme;
  }

  QuantContext& context_;
  NameList ignored_;
  QuantScheme scheme_, expert_;

 private:
  void read_block(const std::vector<std::int64_t>& block) {
    if (block.size() != 2 || block[0] <= 0 || block[1] <= 0 || scheme_.static_input)
      return context_.refuse("quantization-unsupported",
                             "Blocks of fp8 weights have two dimensions and dynamic activations.");
    scheme_.format = QuantFormat::fp8_block;
    scheme_.block_n = static_cast<std::int32_t>(block[0]);
    scheme_.block_k = static_cast<std::int32_t>(block[1]);
  }
};

class DeepseekV4 final : public Fp8 {
 public:
  explicit DeepseekV4(QuantContext& context) : Fp8(context) {
    const std::string_view experts = context.root.text("expert_dtype", "fp4");
    four_bit_ = experts == "fp4";
    if (!four_bit_ && experts != "fp8")
      context.refuse("quantization-unsupported", "expert_dtype has to be \"fp4\" or \"fp8\".");
    scheme_.e8m0_scales = four_bit_;
    nvfp4_ = four_bit_ && context.config.text("moe_quant_algo") == "NVFP4";
    if (four_bit_ && scheme_.block_n == 32 && scheme_.block_k == 32) {  // DeepSeek-V4.1's linears are MXFP8
      scheme_ = {};
      scheme_.format = QuantFormat::mxfp8;
      scheme_.dialect = QuantDialect::modelopt;
      scheme_.bits = 8;
      scheme_.group = 32;
    }
    for (const std::string_view name : context.config.texts("ignore")) unquantized_.add(std::string(name));
  }

 private:
  QuantScheme experts(const QuantSubject& subject) override {
    if (!four_bit_) return expert_;
    if (!nvfp4_ || kept_mxfp4(subject)) return mxfp4();
    QuantScheme scheme;
    scheme.format = QuantFormat::nvfp4;
    scheme.dialect = QuantDialect::modelopt;
    scheme.bits = 4;
    scheme.group = 16;
    return scheme;
  }

  // The list speaks of the checkpoint's names, without "model.".
  bool kept_mxfp4(const QuantSubject& subject) const {
    const std::string_view name = subject.name;
    const std::size_t at = name.find("layers.");
    return at != std::string_view::npos && unquantized_.first(subject.layer, [&](std::string_view text, int) {
      return wildcard_matches(text, name.substr(at));
    }) >= 0;
  }

  NameList unquantized_;
  bool four_bit_ = true, nvfp4_ = false;
};

class Fbgemm final : public Quantizer {
 public:
  explicit Fbgemm(QuantContext& context)
      : context_(context), ignored_(read_names(context.config, "modules_to_not_convert", context.renames)) {}

  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (subject.kind != QuantSubject::Kind::linear || skipped_exactly(ignored_, subject, context_)) return {};
    QuantScheme scheme;
    scheme.format = QuantFormat::fp8_channel;
    scheme.dialect = QuantDialect::fbgemm;
    scheme.bits = 8;
    return scheme;
  }

  std::uint64_t fingerprint(std::int64_t layer) const override { return ignored_.fingerprint(layer); }

 private:
  QuantContext& context_;
  NameList ignored_;
};

}  // namespace

std::unique_ptr<Quantizer> make_fp8(QuantContext& context) {
  context.model.scale_parameters = ScaleParameters::scalars;
  return std::make_unique<Fp8>(context);
}

std::unique_ptr<Quantizer> make_deepseek_v4(QuantContext& context) { return std::make_unique<DeepseekV4>(context); }

std::unique_ptr<Quantizer> make_fbgemm(QuantContext& context) { return std::make_unique<Fbgemm>(context); }

}  // namespace vram_gauge
