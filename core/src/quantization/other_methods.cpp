// Methods with little to read: MXFP4 of gpt-oss and Kimi-K3, bitsandbytes, Quark, and quantization while loading
// (vllm/model_executor/layers/quantization/mxfp4.py, bitsandbytes.py up to 0.27, quark/quark.py, online/*).
#include "quantization/pattern.hpp"
#include "quantization/quantizer.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// Only routed experts.
class Mxfp4 final : public Quantizer {
 public:
  explicit Mxfp4(bool gpt_oss) : scheme_(make_scheme(QuantFormat::mxfp4, 4, 32)) {
    scheme_.padding = gpt_oss ? ExpertPadding::gpt_oss_mxfp4 : ExpertPadding::mxfp4;
  }
  QuantScheme scheme_of(const QuantSubject& subject) override {
    return subject.kind == QuantSubject::Kind::experts ? scheme_ : QuantScheme{};
  }
  std::uint64_t fingerprint(std::int64_t) const override { return 0; }

 private:
  QuantScheme scheme_;
};

class BitsAndBytes final : public Quantizer {
 public:
  explicit BitsAndBytes(QuantContext& context)
      : scheme_(context.config.flag("load_in_8bit|_load_in_8bit") ? make_scheme(QuantFormat::bitsandbytes8, 8)
                                                                  : make_scheme(QuantFormat::bitsandbytes4, 4)) {
    scheme_.nested_scales = context.config.flag("bnb_4bit_use_double_quant") &&
                            !applies(Rule::bitsandbytes_scales_expanded, context.release);
    for (const std::string_view name : context.config.texts("llm_int8_skip_modules")) skipped_.emplace_back(name);
  }

  // is_layer_skipped_bnb: a listed name is one component of the path or a whole beginning of it.
  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (subject.kind == QuantSubject::Kind::head) return {};
    const std::string_view name = subject.name;
    const std::string path = '.' + subject.name + '.';
    for (const std::string& skipped : skipped_) {
      const bool begins = name.starts_with(skipped) && (name.size() == skipped.size() || name[skipped.size()] == '.');
      const bool part = !contains(skipped, ".") && contains(path, '.' + skipped + '.');
      if (begins || part) return {};
    }
    return scheme_;
  }
  std::uint64_t fingerprint(std::int64_t layer) const override {
    for (const std::string& name : skipped_)
      if (name.find_first_of("0123456789") != std::string::npos) return static_cast<std::uint64_t>(layer);
    return 0;
  }

 private:
  QuantScheme scheme_;
  std::vector<std::string> skipped_;
};

// AMD Quark: one scheme for all, exceptions by wildcard.
class Quark final : public Quantizer {
 public:
  explicit Quark(QuantContext& context) : excluded_(read_names(context.config, "exclude", context.renames)) {
    context.inexact("Quark checkpoints are counted by their global scheme.");
    context.model.scale_parameters = ScaleParameters::scalars;
    const ConfigReader global = context.config.object("global_quant_config");
    const auto weights = global.objects("weight");
    const ConfigReader weight = weights.empty() ? ConfigReader() : weights.front();
    const ConfigReader inputs = global.object("input_tensors");
    const std::string_view type = weight.text("dtype"), by = weight.text("qscheme");
    const bool channel = by == "per_channel";
    if (type == "fp4")
      scheme_ = weight.index("group_size", 32) == 16 ? make_scheme(QuantFormat::nvfp4, 4, 16)
                                                     : make_scheme(QuantFormat::mxfp4, 4, 32);
    else if (type == "int8") scheme_ = make_scheme(channel ? QuantFormat::int8_channel : QuantFormat::int8_tensor, 8);
    else if (type == "int4" || type == "uint4")
      scheme_ = make_scheme(QuantFormat::awq, 4, weight.index("group_size", 128));
    else scheme_ = make_scheme(channel ? QuantFormat::fp8_channel : QuantFormat::fp8_tensor, 8);
    if (scheme_.format == QuantFormat::nvfp4) scheme_.dialect = QuantDialect::modelopt;
    scheme_.static_input = inputs && !inputs.flag("is_dynamic", true);
  }

  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (subject.kind == QuantSubject::Kind::head) return {};
    const auto listed = [&](std::string_view name) {
      return excluded_.first(subject.layer, [&](std::string_view text, int) {
        return text == name || wildcard_matches(text, name);
      }) >= 0;
    };
    return agree(subject, listed) == Agreement::no ? scheme_ : QuantScheme{};
  }
  std::uint64_t fingerprint(std::int64_t layer) const override { return excluded_.fingerprint(layer); }

 private:
  NameList excluded_;
  QuantScheme scheme_;
};

struct OnlineRow {
  std::string_view name;
  QuantFormat linears, experts;
  std::int32_t bits, group, block;
};

// vllm/config/quantization.py:_ONLINE_SHORTHANDS
constexpr OnlineRow online_rows[] = {
    {"fp8", QuantFormat::fp8_tensor, QuantFormat::fp8_tensor, 8, 0, 0},
    {"fp8_per_tensor", QuantFormat::fp8_tensor, QuantFormat::fp8_tensor, 8, 0, 0},
    {"fp8_per_channel", QuantFormat::fp8_channel, QuantFormat::fp8_channel, 8, 0, 0},
    {"fp8_per_block", QuantFormat::fp8_block, QuantFormat::fp8_block, 8, 0, 128},
    {"mxfp8", QuantFormat::mxfp8, QuantFormat::mxfp8, 8, 32, 0},
    {"mxfp4", QuantFormat::mxfp4, QuantFormat::mxfp4, 4, 32, 0},
    {"int8_per_channel_weight_only", QuantFormat::none, QuantFormat::int8_channel, 8, 0, 0},
    {"experts_int8", QuantFormat::none, QuantFormat::int8_channel, 8, 0, 0},
    {"nvfp4_per_token", QuantFormat::none, QuantFormat::nvfp4, 4, 16, 0},
    {"bitsandbytes", QuantFormat::bitsandbytes4, QuantFormat::bitsandbytes4, 4, 0, 0},
};

class Online final : public Quantizer {
 public:
  Online(const OnlineRow& row, Release release) : row_(row), release_(release) {}

  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (subject.kind == QuantSubject::Kind::head) return {};
    QuantScheme scheme =
        make_scheme(subject.kind == QuantSubject::Kind::experts ? row_.experts : row_.linears, row_.bits, row_.group);
    if (scheme.format == QuantFormat::none) return {};
    scheme.block_n = scheme.block_k = row_.block;
    if (scheme.format == QuantFormat::nvfp4) scheme.dialect = QuantDialect::modelopt;
    scheme.online = true;
    scheme.nested_scales =
        scheme.format == QuantFormat::bitsandbytes4 && !applies(Rule::bitsandbytes_scales_expanded, release_);
    return scheme;
  }
  std::uint64_t fingerprint(std::int64_t) const override { return 0; }

 private:
  const OnlineRow& row_;
  Release release_;
};

}  // namespace

std::unique_ptr<Quantizer> make_mxfp4(QuantContext& context) {
  return std::make_unique<Mxfp4>(context.root.model_type() == "gpt_oss");
}
std::unique_ptr<Quantizer> make_bitsandbytes(QuantContext& context) { return std::make_unique<BitsAndBytes>(context); }
std::unique_ptr<Quantizer> make_quark(QuantContext& context) { return std::make_unique<Quark>(context); }

std::unique_ptr<Quantizer> make_online(QuantContext& context) {
  for (const OnlineRow& row : online_rows)
    if (row.name == context.method) {
      context.inexact(
          "Quantization while loading: weights_bytes is the 16-bit tree before it, loaded_bytes what is left after.");
      return std::make_unique<Online>(row, context.release);
    }
  context.inexact("This way of quantizing while loading is not modelled: " + std::string(context.method));
  return nullptr;
}

}  // namespace vram_gauge
