// compressed-tensors (vllm/model_executor/layers/quantization/compressed_tensors/compressed_tensors.py, utils.py).
#include <algorithm>

#include "quantization/compressed_args.hpp"
#include "quantization/pattern.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// Names that are exact, or regular expressions behind "re:" (utils/config_utils.py:is_equal_or_regex_match).
class NamePatterns {
 public:
  // Only paths are renamed: module classes have no dot, and expressions stay as they are.
  void add(std::string_view text, int value, QuantContext& context) {
    const bool expression = text.starts_with("re:");
    const bool path = !expression && contains(text, ".");
    if (expression && compiled_.size() < max_expressions) compiled_.emplace_back(text.substr(3));
    regexes_.push_back(expression ? static_cast<int>(compiled_.size()) - 1 : -1);
    if (expression && (compiled_.size() == max_expressions || !compiled_.back().valid()))
      context.inexact("A pattern of the quantization config is not understood: " + std::string(text));
    names_.add(path ? context.renames(text) : std::string(text), value);
  }

  // Index of the first that matches, -1 if none.
  int match(std::int64_t layer, std::string_view name, std::int64_t& work) const {
    return names_.first(layer, [&](std::string_view text, int index) {
      const int regex = regexes_[static_cast<std::size_t>(index)];
      return regex < 0 ? text == name : compiled_[static_cast<std::size_t>(regex)].matches(name, work);
    });
  }
  // Index of the first whose text is part of a class's name, in any case of letters.
  int match_class(std::string_view lower_class) const {
    return names_.first(
        -1, [&](std::string_view text, int) { return !text.starts_with("re:") && contains(lower_class, lower(text)); });
  }
  int value(int index) const { return names_.value(index); }
  bool empty() const { return names_.empty(); }
  std::uint64_t fingerprint(std::int64_t layer) const { return names_.fingerprint(layer); }

 private:
  static constexpr std::size_t max_expressions = 512;

  NameList names_;
  std::vector<int> regexes_;  // by name: into compiled_
  std::vector<Regex> compiled_;
};

class CompressedTensors final : public Quantizer {
 public:
  explicit CompressedTensors(QuantContext& context) : context_(context) {
    for (const std::string_view name : context.config.texts("ignore")) ignored_.add(name, 0, context);
    const ConfigReader groups = context.config.object("config_groups");
    if (groups)
      for (const std::string_view name : groups.names()) read_group(groups.object(name));
    read_sparsity();
    read_cache_scheme();
  }

  QuantScheme scheme_of(const QuantSubject& subject) override {
    const int group = subject.kind == QuantSubject::Kind::experts ? group_of_experts(subject) : group_of(subject);
    if (group < 0) return {};
    return scheme_of_group(groups_[static_cast<std::size_t>(group)], subject.kind == QuantSubject::Kind::experts,
                           context_);
  }

  std::uint64_t fingerprint(std::int64_t layer) const override {
    return ignored_.fingerprint(layer) * 31 + targets_.fingerprint(layer);
  }

 private:
  void read_group(const ConfigReader& config) {
    const auto targets = config.texts("targets");
    // Attention's own group comes with the KV cache's scales.
    if (targets.size() == 1 && targets[0].ends_with("Attention")) return;
    QuantGroup group;
    group.format = config.text("format", context_.config.text("format"));
    group.weights = read_args(config.object("weights"));
    group.inputs = read_args(config.object("input_activations"));
    group.outputs = read_args(config.object("output_activations"));
    if (!group.weights.present)
      return context_.refuse("quantization-unsupported", "A config group without weights can't be loaded.");
    if (group.weights.ordered && applies(Rule::gptq_act_order_refused, context_.release))
      return context_.refuse("quantization-unsupported", "Activation ordering by group is refused from 0.30 on.");
    for (const std::string_view target : targets) targets_.add(target, static_cast<int>(groups_.size()), context_);
    groups_.push_back(group);
  }

  void read_sparsity() {
    const ConfigReader sparsity = context_.config.object("sparsity_config");
    if (!sparsity || sparsity.texts("targets").empty()) return;
    if (context_.release < Release{25, 0}) context_.inexact("Sparse compressed-tensors weights are not modelled.");
    else context_.refuse("quantization-unsupported", "vLLM no longer loads sparse compressed-tensors checkpoints.");
  }

  void read_cache_scheme() {
    const ConfigReader scheme = context_.config.object("kv_cache_scheme");
    context_.model.scale_parameters = ScaleParameters::tensors;
    context_.model.kv_cache_scheme = static_cast<bool>(scheme);
    if (!scheme) return;
    const QuantArgs args = read_args(scheme);
    const bool known = args.is_float && args.bits == 8 && args.symmetric &&
                       (args.strategy == "tensor" || args.strategy == "attn_head");
    if (!known)
      context_.refuse("quantization-unsupported",
                      "The KV cache can only be quantized to symmetric float8 by tensor or head.");
    if (args.strategy == "attn_head") context_.model.scale_parameters = ScaleParameters::per_head;
  }

  bool ignored(std::int64_t layer, std::string_view name) { return ignored_.match(layer, name, context_.work) >= 0; }

  // utils.py:find_matched_target; -1: stored as it is.
  int group_of(const QuantSubject& subject) {
    const Agreement skip = agree(subject, [&](std::string_view name) { return ignored(subject.layer, name); });
    if (skip == Agreement::mixed)
      context_.refuse("quantization-unsupported",
                      "Only some of the projections that vLLM fuses into " + subject.name + " are ignored.");
    if (skip != Agreement::no) return -1;
    int target = targets_.match(subject.layer, subject.name, context_.work);
    if (target < 0) target = match_shards(subject);
    if (target < 0)
      target = targets_.match_class(subject.kind == QuantSubject::Kind::head ? "parallellmhead" : "parallellinear");
    return target < 0 ? -1 : targets_.value(target);
  }

  int match_shards(const QuantSubject& subject) {
    int first = -1;
    for (const std::string& shard : subject.shards) {
      const int target = targets_.match(subject.layer, shard, context_.work);
      if (target < 0) return -1;
      if (first < 0) first = target;
    }
    return first;
  }

  // Experts are asked for by the names of the first one's projections, which have to agree: those of the checkpoint,
  // before 0.32 always Llama's.
  int group_of_experts(const QuantSubject& subject) {
    const bool named = context_.release >= Release{32};
    const std::string_view gate = named ? std::string_view(subject.gate_name) : "gate_proj";
    const bool numbered = gate == "w1";
    const std::string_view all[] = {gate, numbered ? "w2" : "down_proj", numbered ? "w3" : "up_proj"};
    int group = -2;
    for (std::size_t i = 0; i < (subject.gated || !named ? 3u : 2u); ++i) {
      const int own = group_of_expert(subject.layer, subject.name + ".0." + std::string(all[i]));
      if (group != -2 && own != group)
        context_.refuse("quantization-unsupported",
                        "The projections of " + subject.name + " are quantized differently.");
      group = own;
    }
    return group;
  }

  int group_of_expert(std::int64_t layer, const std::string& name) {
    if (ignored(layer, name)) return -1;
    int target = targets_.match(layer, name, context_.work);
    if (target < 0) target = targets_.match_class("routedexperts");
    if (target < 0) target = targets_.match_class("parallellinear");  // "Linear" speaks of experts too
    return target < 0 ? -1 : targets_.value(target);
  }

  QuantContext& context_;
  NamePatterns ignored_, targets_;
  std::vector<QuantGroup> groups_;
};

}  // namespace

std::unique_ptr<Quantizer> make_compressed_tensors(QuantContext& context) {
  return std::make_unique<CompressedTensors>(context);
}

}  // namespace vram_gauge
