#include <algorithm>

#include "data/known_models.hpp"
#include "data/known_sizes.hpp"
#include "families/generic.hpp"
#include "json_copy.hpp"
#include "max_model_len.hpp"
#include "mistral_params.hpp"
#include "pipeline.hpp"
#include "quant_config.hpp"

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

// Config classes derive other values from some keys while they are made: an override comes too late for those.
static void doubt_late(const Document& overrides, Model& model) {
  for (const JsonNode& node : overrides.nodes)
    for (const std::string_view key :
         {"model_type", "hidden_size", "num_attention_heads", "num_hidden_layers", "dtype", "torch_dtype"})
      if (overrides.key(node) == key)
        model.inexact.push_back("hf_overrides set \"" + std::string(key) +
                                "\", from which the config's class has derived other values before.");
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

ParsedModel::Built ParsedModel::build(const Request& request) const {
  Built built;
  Document overrides;
  if (!request.engine.hf_overrides.empty()) {
    Result<Document> given = parse_json(request.engine.hf_overrides, "request");
    Result<Document> merged = given ? parse_json(lay_over(document_, *given), "config") : given;
    if (given) overrides = std::move(*given);
    if (merged) built.overridden = std::make_shared<const Document>(std::move(*merged));
    else built.log.error = merged.error();
  }
  const Document& document = built.overridden ? *built.overridden : document_;
  built.log.used.assign(document.nodes.size(), false);
  for (const std::string& key : document_.duplicates)
    built.log.note("duplicate-key", '"' + key + "\" stands in the file more than once; its last value counts.", key);
  if (mistral_params_)
    built.log.note("mistral-format", "This is a params.json: it is read as with --config_format mistral.");
  const ConfigReader reader(document, built.log);
  ReadLog ahead = built.log;  // what is said of the length is said where the length is resolved
  const std::int64_t served = length_of({document, ahead}, request).max_model_len;
  built.model = build_model(
      reader, {request.release, request.hardware.capability, request.engine.language_model_only,
               request.engine.enforce_eager, request.engine.runner == "generate", served, request.drafting});
  for (const std::string& reason : mistral_inexact_) built.model.inexact.push_back(reason);
  doubt_late(overrides, built.model);
  set_runner(built.model, request.engine.runner.value_or("auto"));
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
  std::optional<Diagnostic>
      quantization;  // vLLM looks at it after dtype and length (vllm/config/model.py:__post_init__)
  if (!built.log.error) quantization = apply_quantization(built.model, quant);
  if (quant_log.error && !built.log.error) built.log.error = quant_log.error;
  const DtypeAnswer dtype = resolve_dtype(reader, text, built.model, request);
  built.resolved.dtype = built.model.dtype = dtype.dtype;
  built.refused = dtype.refused;
  const LengthAnswer length = length_of(reader, request);
  built.resolved.max_model_len = length.max_model_len;
  built.resolved.derived_max_model_len = length.derived;
  built.length_unnamed = length.unnamed;
  built.resolved.auto_fit = request.engine.max_model_len == -1;
  if (!built.refused) built.refused = length.refused;
  if (!built.refused) built.refused = quantization;
  built.resolved.kv_cache_dtype = request.engine.kv_cache_dtype.value_or("auto");
  if (built.resolved.kv_cache_dtype == "auto")
    if (const std::string_view own = checkpoint_kv_cache_dtype(quant); !own.empty())
      built.resolved.kv_cache_dtype = own;
  built.missing = missing_size(text, built.model);
  if (built.model.family.empty()) name_unread(text, built.model);
  if (built.log.error && built.log.error->code == "missing-key")
    std::swap(built.missing, built.log.error), built.log.error.reset();
  for (std::optional<Diagnostic>* error : {&built.log.error, &built.missing})
    if (*error && sets(overrides, (*error)->where.key)) (*error)->where.field = "engine.hf_overrides";
    else if (*error) locate_key(config_, (*error)->where.key, (*error)->where);
  return built;
}

std::shared_ptr<const ParsedModel::Built> ParsedModel::built_for(const Request& request) const {
  const Engine& e = request.engine;
  const Hardware& hardware = request.hardware;
  const Asked asked{request.release,
                    hardware.capability,
                    hardware.vendor,
                    e.dtype,
                    e.quantization,
                    e.kv_cache_dtype,
                    e.runner,
                    e.hf_overrides,
                    e.max_model_len,
                    e.language_model_only,
                    e.disable_sliding_window,
                    e.mm_limits_zero,
                    e.enforce_eager,
                    request.drafting};
  return built_.get(asked, [&] { return build(request); });
}

}  // namespace vram_gauge
