#include <algorithm>

#include "data/known_models.hpp"
#include "data/known_sizes.hpp"
#include "families/generic.hpp"
#include "json_copy.hpp"
#include "max_model_len.hpp"
#include "mistral_params.hpp"
#include "pipeline.hpp"
#include "quant_config.hpp"
#include "words.hpp"

namespace vram_gauge {

ParsedModel::ParsedModel(std::string_view config, std::string_view hf_quant_config, std::string_view known_model)
    : config_(config), name_(known_model) {
  if (config_.empty() && !known_model.empty()) {
    const auto known = find_known_model(known_model);
    if (known) config_ = known->config;
    else if (known_size_b(known_model)) return;  // by name alone: the rule of thumb knows its size
    else
      error_ = Diagnostic{"unknown-model",
                          "\"" + name_ + "\" is no model of the catalogue; paste its config.json instead.",
                          {"known_model", {}, 0, 0}};
  }
  if (error_ || (config_.empty() && known_model.empty())) return;
  Result<Document> document = parse_json(config_, "config");
  if (!document) {
    error_ = document.error();
    return;
  }
  document_ = std::move(*document);
  mistral_params_ = is_mistral_params(document_);
  if (mistral_params_) error_ = adapt_mistral_params(document_, mistral_inexact_);
  ReadLog log;
  log.used.assign(document_.nodes.size(), false);
  if (!error_) error_ = not_a_model(root(log));
  if (error_ || hf_quant_config.empty()) return;
  Result<Document> quant = parse_json(hf_quant_config, "hf_quant_config");
  if (!quant) {
    error_ = quant.error();
    return;
  }
  hf_quant_document_ = std::move(*quant);
  has_hf_quant_ = true;
}

static LengthAnswer length_of(const ConfigReader& root, const Request& request) {
  return resolve_max_model_len(text_config(root), architecture_of(root), request);
}

static void set_runner(Model& model, std::string_view runner) {
  if (runner == "generate") model.pooling = false;
  if (runner == "pooling" && !model.pooling) make_pooling(model);
}

// Config classes derive other values from some keys while they are made: an override comes too late for those. And a
// class with a text config inside has made it, where the file has none, before what is set at the top.
static void doubt_late(const Document& overrides, bool flat, Model& model) {
  for (const JsonNode& node : overrides.nodes) {
    const std::string_view key = overrides.key(node);
    if ((flat && model.multimodal && !key.empty() && key != "architectures") ||
        is_one_of(key,
                  {"model_type", "hidden_size", "num_attention_heads", "num_hidden_layers", "dtype", "torch_dtype"}))
      model.inexact.push_back("hf_overrides set \"" + std::string(key) +
                              "\", from which the config's class has derived other values before.");
  }
}

// BuildContext::usual_states
static bool asks_usual_states(const Engine& e) {
  const auto is = [](const std::optional<std::string>& asked, std::initializer_list<std::string_view> usual) {
    return !asked || *asked == "auto" || is_one_of(*asked, usual);
  };
  return is(e.dtype, {"bfloat16", "bf16"}) && is(e.mamba_cache_dtype, {"bfloat16"}) &&
         is(e.mamba_ssm_cache_dtype, {"float32"});
}

// Whether the overrides have something at `path` ("text_config.hidden_size").
static bool sets(const Document& overrides, std::string_view path) {
  const JsonNode* node = path.empty() || overrides.nodes.empty() ? nullptr : overrides.nodes.data();
  while (node && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    node = overrides.member(*node, path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return node != nullptr;
}

// Where an error stands that names a key.
void ParsedModel::locate(const Tree& tree, std::optional<Diagnostic>& error) const {
  if (error && tree.overrides && sets(*tree.overrides, error->where.key)) error->where.field = "engine.hf_overrides";
  else if (error) locate_key(config_, error->where.key, error->where);
}

// `length`: what is served, for models whose modules depend on it.
ParsedModel::Tree ParsedModel::grow(const Request& request, std::int64_t length) const {
  Tree tree;
  if (!request.engine.hf_overrides.empty()) {
    Result<Document> given = parse_json(request.engine.hf_overrides, "request");
    Result<Document> merged = given ? parse_json(lay_over(document_, *given), "config") : given;
    if (given) tree.overrides = std::make_shared<const Document>(std::move(*given));
    if (merged) tree.overridden = std::make_shared<const Document>(std::move(*merged));
    else tree.log.error = merged.error();
  }
  const Document& document = tree.overridden ? *tree.overridden : document_;
  tree.log.used.assign(document.nodes.size(), false);
  for (const std::string& key : document_.duplicates)
    tree.log.note("duplicate-key", '"' + key + "\" stands in the file more than once; its last value counts.", key);
  if (mistral_params_)
    tree.log.note("mistral-format", "This is a params.json: it is read as with --config_format mistral.");
  const ConfigReader reader(document, tree.log);
  tree.model = build_model(
      reader, {request.release, request.hardware.capability, request.engine.shut_out, request.engine.enforce_eager,
               asks_usual_states(request.engine), request.engine.runner == "generate", length, request.drafting,
               request.engine.num_speculative_tokens});
  for (const std::string& reason : mistral_inexact_) tree.model.inexact.push_back(reason);
  if (tree.overrides) doubt_late(*tree.overrides, text_config(reader).path().empty(), tree.model);
  set_runner(tree.model, request.engine.runner.value_or("auto"));
  ReadLog quant_log;
  quant_log.field = "hf_quant_config";
  quant_log.used.assign(hf_quant_document_.nodes.size(), false);
  const ConfigReader text = text_config(reader);
  QuantInput quant;
  quant.root = reader;
  quant.config = quantization_of(reader, text);
  if (has_hf_quant_) quant.hf_quant = ConfigReader(hf_quant_document_, quant_log);
  const std::string requested = request.engine.quantization.value_or("");
  quant.requested = requested;
  quant.release = request.release;
  quant.capability = request.hardware.capability;
  if (!tree.log.error) tree.refused_quantization = apply_quantization(tree.model, quant);
  if (quant_log.error && !tree.log.error) tree.log.error = quant_log.error;
  const DtypeAnswer dtype = resolve_dtype(reader, text, tree.model, request);
  tree.model.dtype = dtype.dtype;
  tree.refused_dtype = dtype.refused;
  tree.kv_cache_dtype = request.engine.kv_cache_dtype.value_or("auto");
  if (tree.kv_cache_dtype == "auto")
    if (const std::string_view own = checkpoint_kv_cache_dtype(quant); !own.empty()) tree.kv_cache_dtype = own;
  tree.missing = missing_size(text, tree.model);
  if (tree.model.family.empty()) name_unread(text, tree.model);
  if (tree.log.error && tree.log.error->code == "missing-key")
    std::swap(tree.missing, tree.log.error), tree.log.error.reset();
  if (!tree.log.error && !tree.missing) tree.parameters = count_parameters(tree.model);
  locate(tree, tree.missing);
  return tree;
}

ParsedModel::Built ParsedModel::build(const Request& request, std::shared_ptr<const Tree> tree) const {
  Built built(std::move(tree));
  built.resolved.dtype = built.model.dtype;
  built.resolved.kv_cache_dtype = built.tree->kv_cache_dtype;
  const LengthAnswer length =
      length_of({built.tree->overridden ? *built.tree->overridden : document_, built.log}, request);
  built.resolved.max_model_len = length.max_model_len;
  built.resolved.derived_max_model_len = length.derived;
  built.length_unnamed = length.unnamed;
  built.resolved.auto_fit = request.engine.max_model_len == -1;
  // In the order in which vLLM looks at them (vllm/config/model.py:__post_init__).
  for (const auto& refused : {built.tree->refused_dtype, length.refused, built.tree->refused_quantization})
    if (!built.refused) built.refused = refused;
  locate(*built.tree, built.log.error);
  return built;
}

std::shared_ptr<const ParsedModel::Built> ParsedModel::built_for(const Request& request) const {
  const Engine& e = request.engine;
  const Hardware& hardware = request.hardware;
  AskedTree asked{request.release,
                  hardware.capability,
                  hardware.vendor,
                  e.dtype,
                  e.quantization,
                  e.kv_cache_dtype,
                  e.runner,
                  e.hf_overrides,
                  e.shut_out,
                  e.enforce_eager,
                  asks_usual_states(e),
                  request.drafting,
                  e.num_speculative_tokens};
  const auto built_on = [&](const std::shared_ptr<const Tree>& tree) {
    return built_.get({tree, e.max_model_len, e.disable_sliding_window}, [&] { return build(request, tree); });
  };
  const auto grown = [&] { return trees_.get(asked, [&] { return grow(request, asked.length); }); };
  std::shared_ptr<const Built> built = built_on(grown());
  if (!built->model.depends_on_length) return built;
  asked.length = built->resolved.max_model_len;
  return built_on(grown());
}

}  // namespace vram_gauge
