#include "quant_config.hpp"

#include <algorithm>

#include "quantization/method.hpp"

namespace vram_gauge {
namespace {

// Whose names the checkpoint's modules get; "*" is what most wrappers do.
std::string_view class_name(const Model& model) {
  if (!model.family.empty()) return model.architecture;
  return model.sibling.empty() && model.multimodal ? "*" : model.sibling;
}

// Gives modules their schemes.
class Assigner {
 public:
  Assigner(Model& model, Quantizer& quantizer) : model_(model), quantizer_(quantizer) {
    model_.schemes.assign(1, QuantScheme{});
  }

  void layers() {
    std::vector<Layer> split;
    for (Layer& layer : model_.layers) split_layer(layer, split);
    model_.layers = std::move(split);
  }

  void outside() {
    for (Placed& placed : model_.outside) {
      Module& module = placed.module;
      if (!module.quantizable) continue;
      std::string_view prefix = model_.prefix;
      // The head stands beside the model, not in it.
      if (module.role == Role::lm_head && prefix.ends_with("model.")) prefix.remove_suffix(6);
      module.scheme = index_of(subject(module, std::string(prefix), -1));
    }
  }

  void predictors() {
    if (model_.mtp.numbers.empty()) return;
    const std::int64_t number = model_.mtp_prefix.empty() ? model_.sizes.layers : 0;
    const std::string_view before = model_.mtp_prefix.empty() ? model_.layer_prefix : model_.mtp_prefix;
    const std::string prefix = std::string(before) + std::to_string(number) + '.';
    for (Module& module : model_.mtp.modules)
      if (module.quantizable) module.scheme = index_of(subject(module, prefix, number));
  }

  void towers() {
    for (Tower& tower : model_.towers) {
      std::vector<Module> split;
      for (Module& module : tower.modules) split_blocks(std::string(tower.prefix), std::move(module), split);
      tower.modules = std::move(split);
    }
  }

 private:
  static std::string full_name(const Module& module, std::string prefix) {
    if (module.nameless) return module.role == Role::lm_head ? std::string() : '.' + std::string(module.name);
    return prefix.append(module.grandparent).append(module.parent).append(module.name);
  }

  static QuantSubject subject(const Module& module, std::string prefix, std::int64_t layer) {
    QuantSubject s;
    s.kind = module.kind == Module::Kind::experts ? QuantSubject::Kind::experts
             : module.kind == Module::Kind::vocab ? QuantSubject::Kind::head
                                                  : QuantSubject::Kind::linear;
    s.layer = layer;
    s.name = full_name(module, std::move(prefix));
    s.gate_name = module.gate_name;
    s.gated = module.gated;
    if (s.kind != QuantSubject::Kind::linear || module.dims.size() < 3) return s;
    const std::string_view own = last_component(s.name);
    for (std::size_t i = 0; i + 1 < module.dims.size(); ++i) {
      const std::string_view shard = module.dims[i].shard;
      if (shard.empty()) return s.shards.clear(), s;
      std::string name = replace_all(s.name, own, shard);
      if (std::find(s.shards.begin(), s.shards.end(), name) == s.shards.end()) s.shards.push_back(std::move(name));
    }
    return s;
  }

  int index_of(const QuantSubject& s) {
    const QuantScheme scheme = quantizer_.scheme_of(s);
    const auto found = std::find(model_.schemes.begin(), model_.schemes.end(), scheme);
    if (found == model_.schemes.end()) model_.schemes.push_back(scheme);
    return static_cast<int>(std::find(model_.schemes.begin(), model_.schemes.end(), scheme) - model_.schemes.begin());
  }

  std::vector<int> schemes_of(const Layer& layer, std::int32_t number) {
    std::vector<int> schemes;
    schemes.reserve(layer.modules.size());
    const std::string prefix = std::string(model_.layer_prefix) + std::to_string(number) + '.';
    for (const Module& module : layer.modules)
      schemes.push_back(module.quantizable ? index_of(subject(module, prefix, number)) : 0);
    return schemes;
  }

  // Layers of one kind that are stored alike stay together.
  void split_layer(Layer& layer, std::vector<Layer>& out) {
    struct Part {
      std::uint64_t fingerprint;
      std::vector<int> schemes;
      std::vector<std::int32_t> numbers;
    };
    std::vector<Part> parts;
    for (const std::int32_t number : layer.numbers) {
      const std::uint64_t print = quantizer_.fingerprint(number);
      auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.fingerprint == print; });
      if (part == parts.end()) {
        std::vector<int> schemes = schemes_of(layer, number);
        part = std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.schemes == schemes; });
        if (part == parts.end()) part = parts.insert(parts.end(), Part{print, std::move(schemes), {}});
      }
      part->numbers.push_back(number);
    }
    for (Part& part : parts) {
      Layer& one = out.emplace_back(layer);
      one.numbers = std::move(part.numbers);
      for (std::size_t i = 0; i < one.modules.size(); ++i) one.modules[i].scheme = part.schemes[i];
    }
  }

  // A tower's module stands for all its blocks; a "*" in its name is the block's number.
  void split_blocks(const std::string& prefix, Module module, std::vector<Module>& out) {
    const std::string name = full_name(module, prefix);
    const std::size_t star = name.find('*');
    if (!module.quantizable || star == std::string::npos) {
      if (module.quantizable) module.scheme = index_of(subject(module, prefix, -1));
      out.push_back(std::move(module));
      return;
    }
    std::vector<std::pair<int, std::int64_t>> counts;
    for (std::int64_t block = 0; block < module.repeat; ++block) {
      const int scheme = index_of(in_block(module, prefix, star, block));
      const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.first == scheme; });
      if (found == counts.end()) counts.emplace_back(scheme, 1);
      else ++found->second;
    }
    for (const auto& [scheme, repeat] : counts) {
      Module& part = out.emplace_back(module);
      part.scheme = scheme;
      part.repeat = repeat;
    }
  }

  static QuantSubject in_block(const Module& module, const std::string& prefix, std::size_t star, std::int64_t block) {
    QuantSubject s = subject(module, prefix, block);
    const std::string number = std::to_string(block);
    s.name.replace(star, 1, number);
    for (std::string& shard : s.shards)
      if (const std::size_t at = shard.find('*'); at != std::string::npos) shard.replace(at, 1, number);
    return s;
  }

  Model& model_;
  Quantizer& quantizer_;
};

}  // namespace

std::optional<Diagnostic> apply_quantization(Model& model, const QuantInput& input) {
  std::optional<Diagnostic> refused;
  const MethodAnswer method =
      pick_method({input.root, input.config, input.hf_quant, input.requested, input.release, input.capability}, refused,
                  model.inexact);
  if (method.name.empty() || refused) return refused;
  model.quantization = method.name;
  if (method.name == "mxfp4" && model.transformers_backend)  // vllm/model_executor/models/transformers/base.py
    return refusal("quantization-unsupported", "vLLM's generic Transformers wrapper takes no MXFP4 weights.", "config",
                   "quantization_config");
  QuantContext context{method.config,
                       input.root,
                       model.quantization,
                       NameMap(class_name(model)),
                       input.release,
                       input.capability,
                       model,
                       max_pattern_work,
                       {}};
  const std::unique_ptr<Quantizer> quantizer = make_quantizer(context, method.online);
  if (quantizer && !context.refused) {
    Assigner assigner(model, *quantizer);
    assigner.layers();
    assigner.outside();
    assigner.towers();
    assigner.predictors();
  }
  if (context.work < 0) context.inexact("The quantization config's patterns take too long to match.");
  return context.refused;
}

namespace {

// The part of a config that says how keys and values are stored: a scheme, or the name of an algorithm.
std::string_view dtype_of_cache(const ConfigReader& config) {
  std::string_view algorithm = config.text("kv_cache_quant_algo");
  if (config.is_text("kv_cache_scheme")) {
    algorithm = config.text("kv_cache_scheme");
  } else if (const ConfigReader scheme = config.object("kv_cache_scheme")) {
    const std::int64_t bits = scheme.text("type") == "float" ? scheme.integer("num_bits", 0) : 0;
    if (bits == 8 && !scheme.flag("dynamic", true)) return "fp8_e4m3";
    return bits == 4 ? "nvfp4" : std::string_view();
  }
  if (algorithm == "FP8" || algorithm == "fp8") return "fp8_e4m3";
  return algorithm == "NVFP4" || algorithm == "nvfp4" ? "nvfp4" : std::string_view();
}

}  // namespace

std::string_view checkpoint_kv_cache_dtype(const QuantInput& input) {
  const ConfigReader config = input.config ? input.config : input.hf_quant;
  if (!config) return {};
  const std::string_view method = config.text("quant_method");
  if (method.starts_with("compressed")) return config.object("kv_cache_scheme") ? "fp8" : std::string_view();
  const ConfigReader nested = config.object("quantization");
  if (!method.starts_with("modelopt") && !(nested && config.object("producer").text("name") == "modelopt")) return {};
  const std::string_view inner = nested ? dtype_of_cache(nested) : std::string_view();
  return inner.empty() ? dtype_of_cache(config) : inner;
}

}  // namespace vram_gauge
