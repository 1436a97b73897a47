// Integer weights packed by group: AWQ, GPTQ and auto-round (vllm/model_executor/layers/quantization/auto_awq.py,
// auto_gptq.py, utils/gptq_utils.py, inc/config_parser.py; gptq.py up to 0.21, awq.py up to 0.23).
#include "quantization/pattern.hpp"
#include "quantization/quantizer.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

QuantScheme packed_scheme(QuantFormat format, std::int64_t bits, std::int64_t group, bool symmetric) {
  QuantScheme scheme = make_scheme(format, bits, group);
  scheme.symmetric = symmetric;
  return scheme;
}

class Awq final : public Quantizer {
 public:
  explicit Awq(QuantContext& context)
      : context_(context),
        skipped_(read_names(context.config, "modules_to_not_convert", context.renames)),
        head_(context.config.flag("lm_head")) {
    const std::int64_t bits = context.config.integer("w_bit|bits", 0),
                       group = context.config.index("q_group_size|group_size", 0);
    if (bits != 4) context.refuse("quantization-unsupported", "vLLM runs AWQ weights of 4 bits only.");
    if (group == 0 || context.config.absent("zero_point"))
      context.refuse("quantization-unsupported", "An AWQ checkpoint has to say its group_size and zero_point.");
    scheme_ = packed_scheme(QuantFormat::awq, bits, group, !context.config.flag("zero_point"));
  }

  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (subject.kind == QuantSubject::Kind::head && !head_) return {};
    return skipped_by_part(skipped_, subject, context_) ? QuantScheme{} : scheme_;
  }

  std::uint64_t fingerprint(std::int64_t layer) const override { return skipped_.fingerprint(layer); }

 private:
  QuantContext& context_;
  NameList skipped_;
  bool head_;
  QuantScheme scheme_;
};

class Gptq final : public Quantizer {
 public:
  explicit Gptq(QuantContext& context)
      : context_(context),
        included_(read_names(context.config, "modules_in_block_to_quantize", context.renames)),
        head_(context.config.flag("lm_head")) {
    const ConfigReader& config = context.config;
    scheme_ = packed_scheme(QuantFormat::gptq, config.integer("bits", 0), config.index("group_size", 0),
                            config.flag("sym", true));
    scheme_.act_order = config.flag("desc_act");
    if (config.absent("bits") || config.absent("group_size") || config.absent("desc_act"))
      context.refuse("quantization-unsupported", "A GPTQ checkpoint has to say its bits, group_size and desc_act.");
    check(scheme_);
    if (const ConfigReader rules = config.object("dynamic"))
      for (const std::string_view name : rules.names()) add_rule(name, rules.object(name));
  }

  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (subject.kind == QuantSubject::Kind::head && !head_) return {};
    if (subject.kind != QuantSubject::Kind::experts && !included(subject)) return {};
    for (const Rule& rule : rules_) {
      if (!rule.pattern.matches(subject.name, context_.work)) continue;
      return rule.skips ? QuantScheme{} : rule.scheme;
    }
    return scheme_;
  }

  std::uint64_t fingerprint(std::int64_t layer) const override {
    return included_.fingerprint(layer) +
           (rules_.empty() ? 0 : static_cast<std::uint64_t>(layer) * 0x9e3779b97f4a7c15u);
  }

 private:
  struct Rule {
    Regex pattern;
    bool skips;
    QuantScheme scheme;
  };

  void add_rule(std::string_view name, const ConfigReader& values) {
    const bool skips = name.starts_with("-:");
    if (skips || name.starts_with("+:")) name.remove_prefix(2);
    Rule rule{Regex(name), skips, scheme_};
    if (!rule.pattern.valid())
      context_.inexact("A pattern of the quantization config is not understood: " + std::string(name));
    rule.scheme.bits = static_cast<std::uint8_t>(values.integer("bits", scheme_.bits));
    rule.scheme.group = static_cast<std::int32_t>(values.index("group_size", scheme_.group));
    rule.scheme.symmetric = values.flag("sym", scheme_.symmetric);
    rule.scheme.act_order = values.flag("desc_act", scheme_.act_order);
    if (!skips) check(rule.scheme);
    rules_.push_back(std::move(rule));
  }

  // The Marlin kernels' types; up to 0.21 others fell back to an older method (gptq.py:GPTQConfig).
  void check(QuantScheme& scheme) {
    if (scheme.group == -1) scheme.act_order = false;  // one group: order means nothing
    const bool marlin = (scheme.bits == 4 || scheme.bits == 8) && scheme.symmetric;
    const bool legacy = context_.release < Release{22, 0} &&
                        (scheme.bits == 2 || scheme.bits == 3 || scheme.bits == 4 || scheme.bits == 8);
    if (!marlin && !legacy) {
      context_.refuse("quantization-unsupported", "vLLM runs symmetric GPTQ weights of 4 or 8 bits, not " +
                                                      std::to_string(scheme.bits) +
                                                      (scheme.symmetric ? "." : " with zero points."));
    }
    if (scheme.act_order && applies(vram_gauge::Rule::gptq_act_order_refused, context_.release))
      context_.refuse("quantization-unsupported", "GPTQ with desc_act and groups is refused from 0.30 on.");
  }

  bool included(const QuantSubject& subject) {
    if (included_.empty()) return true;
    const auto listed = [&](std::string_view name) {
      return included_.first(subject.layer, [&](std::string_view text, int) { return contains(name, text); }) >= 0;
    };
    if (subject.shards.empty()) return listed(subject.name);
    std::size_t hits = 0;
    for (const std::string& shard : subject.shards) hits += listed(shard) ? 1 : 0;
    if (hits != 0 && hits != subject.shards.size())
      context_.refuse("quantization-unsupported",
                      "Only some of the projections that vLLM fuses into " + subject.name + " are quantized.");
    return hits != 0;
  }

  QuantContext& context_;
  NameList included_;
  bool head_;
  QuantScheme scheme_;
  std::vector<Rule> rules_;
};

// auto-round: GPTQ's or AWQ's packing, per module where extra_config says so.
class Inc final : public Quantizer {
 public:
  explicit Inc(QuantContext& context) : context_(context) {
    const ConfigReader& config = context.config;
    const std::string_view packing = config.text("packing_format", "auto_round:auto_gptq");
    const std::string_view backend = config.text("backend|vllm_backend", "auto");
    marlin_ = context.capability >= 75 && (backend == "auto" || contains(backend, "marlin"));
    awq_ = contains(packing, "awq") || contains(backend, "awq");
    const std::int64_t bits = config.integer("bits", 0);
    ints_ = config.text("data_type", "int") == "int";
    if (bits < 2 || bits > 8 || (!low_bits() && bits > 4 && bits < 8))  // inc/inc.py:INCConfig.SUPPORTED_BITS
      refuse();
    scheme_ = packed(bits, config.is_array("group_size") ? 0 : config.index("group_size", 0), config.flag("sym", true));
    blocks_ = read_blocks(config);
    if (!ints_) {
      context.inexact("auto-round checkpoints of float types are counted as 4-bit integers.");
      scheme_.group = 32;
    }
    if (const ConfigReader extra = config.object("extra_config"))
      for (const std::string_view name : extra.names()) add_extra(name, extra.object(name));
  }

  QuantScheme scheme_of(const QuantSubject& subject) override {
    if (const QuantScheme* own = extra_of(subject.layer, subject.name)) return *own;
    bool quantized = subject.kind != QuantSubject::Kind::head;
    if (!blocks_.empty()) {
      quantized = false;
      for (const std::string& block : blocks_) quantized |= subject.name.starts_with(block);
    }
    for (const std::string& shard : subject.shards)
      if (const QuantScheme* own = extra_of(subject.layer, shard)) return *own;
    return quantized ? scheme_ : QuantScheme{};
  }

  std::uint64_t fingerprint(std::int64_t layer) const override { return extra_.fingerprint(layer); }

 private:
  // With humming's kernels.
  bool low_bits() const { return context_.release >= Release{30, 0}; }

  void refuse() const {
    context_.refuse("quantization-unsupported", "vLLM has no kernel for this checkpoint's auto-round weights.");
  }

  // schemes/inc_wna16_linear.py and inc_wna16_scheme.py; before 0.22 GPTQ's and AWQ's own kernels took more.
  QuantScheme packed(std::int64_t bits, std::int64_t group, bool symmetric) const {
    if (bits >= 16) return {};
    const bool humming = low_bits() && bits >= 2 && bits < 8 && bits != 4;
    if (humming)
      context_.inexact("auto-round weights of other than 4 or 8 bits are counted without their kernel's own.");
    else if (ints_ && context_.release >= Release{22, 0} && (awq_ ? bits != 4 : !symmetric || (bits != 4 && bits != 8)))
      refuse();
    QuantScheme scheme = packed_scheme(awq_ ? QuantFormat::awq : QuantFormat::gptq, bits, group, symmetric);
    // Marlin's method without the look at the layer that AWQ checkpoints get (inc_wna16_linear.py:_build_awq_method).
    const bool marlin_group = group == -1 || group == 32 || group == 64 || group == 128;
    scheme.loose_groups = awq_ && marlin_ && !symmetric && marlin_group && (bits == 4 || bits == 8);
    return scheme;
  }

  std::vector<std::string> read_blocks(const ConfigReader& config) const {
    std::vector<std::string> blocks;
    for (std::string_view names : config.texts("block_name_to_quantize|to_quant_block_names"))
      while (!names.empty()) {
        const std::string_view name = names.substr(0, names.find(','));
        blocks.push_back(context_.renames(name));
        names.remove_prefix(name.size() < names.size() ? name.size() + 1 : name.size());
      }
    return blocks;
  }

  void add_extra(std::string_view name, const ConfigReader& values) {
    if (name.find_first_of("*+?^$()[]{}|\\") != std::string_view::npos)
      context_.inexact("A pattern in auto-round's extra_config is taken as a name.");
    extra_.add(context_.renames(name), static_cast<int>(schemes_.size()));
    schemes_.push_back(packed(values.integer("bits", scheme_.bits), values.index("group_size", scheme_.group),
                              values.flag("sym", scheme_.symmetric)));
  }

  // The whole name, or its end behind a dot.
  const QuantScheme* extra_of(std::int64_t layer, std::string_view name) const {
    const int index = extra_.first(layer, [&](std::string_view text, int) {
      return name.ends_with(text) && (name.size() == text.size() || name[name.size() - text.size() - 1] == '.');
    });
    return index < 0 ? nullptr : &schemes_[static_cast<std::size_t>(extra_.value(index))];
  }

  QuantContext& context_;
  bool awq_ = false, marlin_ = false, ints_ = true;
  QuantScheme scheme_;
  std::vector<std::string> blocks_;
  NameList extra_;
  std::vector<QuantScheme> schemes_;
};

}  // namespace

std::unique_ptr<Quantizer> make_awq(QuantContext& context) { return std::make_unique<Awq>(context); }
std::unique_ptr<Quantizer> make_gptq(QuantContext& context) { return std::make_unique<Gptq>(context); }
std::unique_ptr<Quantizer> make_inc(QuantContext& context) { return std::make_unique<Inc>(context); }

}  // namespace vram_gauge
