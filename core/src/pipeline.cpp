#include "pipeline.hpp"

#include <algorithm>

#include "data/architectures.hpp"
#include "data/known_models.hpp"
#include "data/known_sizes.hpp"
#include "families/generic.hpp"
#include "max_model_len.hpp"
#include "mistral_params.hpp"
#include "quant_config.hpp"

namespace vram_gauge {
namespace {

Diagnostic error_of(std::string_view code, std::string message, std::string_view field) {
  return {std::string(code), std::move(message), {std::string(field), {}, 0, 0}};
}

// vLLM's registry decides before anything is built.
std::optional<Diagnostic> refuse_architecture(const Model& model, Release release) {
  const auto facts = find_architecture(model.architecture);
  if (!facts || served(*facts, release) != Served::no || wrapped(*facts, release)) return std::nullopt;
  std::string when = facts->first && release < *facts->first ? "from " + to_string(*facts->first) + " on"
                     : facts->last                           ? "up to " + to_string(*facts->last)
                                                             : std::string("only by a plugin");
  return error_of("vllm-refuses/architecture-not-served", "vLLM serves " + model.architecture + " " + when + ".",
                  "vllm_version");
}

KvPlan plan(const ParsedModel::Built& built, const KvSettings& settings) {
  return *built.plans.get(settings, [&] { return plan_kv_cache(built.model, settings); });
}

void plan_cache(const Request& request, Outcome& out) {
  out.kv_settings = kv_settings(request, out.resolved, out.placement.parallel);
  out.plan = plan(*out.built, out.kv_settings);
  for (const std::string& reason : out.plan.inexact) out.inexact.push_back(reason);
}

// The budget of each stage: the heaviest rank's.
void plan_budgets(const Request& request, Outcome& out) {
  for (std::int64_t pp = 0; pp < out.placement.parallel.pp; ++pp) {
    Bytes loaded;
    for (const RankWeights& rank : out.ranks)
      if (rank.pp == pp) loaded = std::max(loaded, rank.loaded);
    out.budgets.push_back(plan_budget(out.built->model, request, out.resolved, {pp, 0}, loaded));
    const Budget& budget = out.budgets.back();
    if (budget.available < out.budgets[out.binding].available) out.binding = static_cast<std::size_t>(pp);
    out.available.push_back(
        Bytes{request.engine.kv_cache_memory_bytes.value_or(std::max<std::int64_t>(0, budget.available))});
  }
}

void auto_fit(Outcome& out) {
  if (!out.resolved.auto_fit) return;
  const KvPool pool = size_kv_pool(out.plan, out.kv_settings, out.available);
  if (pool.starts || pool.longest <= 0) return;
  out.resolved.max_model_len = out.kv_settings.max_model_len = pool.longest;
  out.notes.push_back({"auto-fit", "max_model_len was lowered to what fits.", "engine.max_model_len"});
  out.plan = plan(*out.built, out.kv_settings);
}

// No request has to name a GPU: what doesn't depend on one is answered, and there is no verdict.
void note_no_hardware(Outcome& out) {
  out.notes.push_back({"missing-hardware",
                       "Whether it fits depends on the GPU: name one (hardware.gpu) or its memory "
                       "(hardware.memory_bytes).",
                       "hardware.gpu"});
}

void answer_vllm(const Request& request, Outcome& out) {
  const ParsedModel::Built& built = *out.built;
  const Model& model = built.model;
  out.resolved = built.resolved;
  out.inexact = model.inexact;
  if (request.release_is_newer) out.inexact.push_back("This release is newer than the newest one known.");
  const Engine& e = request.engine;
  out.placement.parallel = {e.tensor_parallel_size,         e.pipeline_parallel_size,        e.data_parallel_size,
                            e.decode_context_parallel_size, e.prefill_context_parallel_size, e.enable_expert_parallel};
  if (e.pipeline_parallel_size > 1 && !model.pipeline_doubt.empty()) out.inexact.emplace_back(model.pipeline_doubt);
  out.placement.release = request.release;
  out.placement.capability = request.hardware.capability;
  out.placement.dtype = out.resolved.dtype;
  out.error = refuse_architecture(model, request.release);
  if (!out.error) out.error = built.refused;
  const std::optional<Diagnostic> layout = refuse_layout(model, out.placement);
  if (!out.error) out.error = layout;
  if (layout) return;  // nothing can be weighed on ranks that don't exist
  out.ranks = *built.weights.get(out.placement, [&] { return weigh(model, out.placement); });
  for (const RankWeights& rank : out.ranks)
    if (rank.weights.count >= std::int64_t{1} << 53) {
      out.error = error_of("absurd-size", "These sizes multiply to more bytes than any machine has: check the config.",
                           "config");
      return;
    }
  out.parameters = count_parameters(model);
  out.parameters_source = model.inexact.empty() ? "exact" : "rough";
  resolve_defaults(model, request, out.resolved);
  if (!request.has_hardware && !e.kv_cache_memory_bytes) return note_no_hardware(out);
  plan_cache(request, out);
  if (!out.error) out.error = out.plan.refused;
  if (out.plan.refused) return;
  plan_budgets(request, out);
  auto_fit(out);
  out.pool = size_kv_pool(out.plan, out.kv_settings, out.available, e.num_gpu_blocks_override);
  out.verdict = judge(out.plan, out.kv_settings, out.budgets, request);
}

// Where the rule of thumb takes its parameters from, in this order: the user, a known family's exact count, the table
// of known sizes by name, a rough count from the shape.
bool find_parameters(const ParsedModel* parsed, const Request& request, Outcome& out) {
  if (request.policy.params_b) {
    out.parameters.total = params_of_billions(*request.policy.params_b);
    out.parameters_source = "params_b";
    return true;
  }
  const bool counted = out.built && !out.built->log.error && !out.built->missing;
  if (counted) out.parameters = count_parameters(out.built->model);
  if (counted && out.built->model.inexact.empty()) return out.parameters_source = "exact", true;
  if (parsed) {
    if (const auto billions = known_size_b(parsed->name())) {
      out.parameters.total = params_of_billions(*billions);
      return out.parameters_source = "known-size", true;
    }
  }
  if (!counted) return false;
  out.notes.push_back({"rough-size", "The parameter count is a rough estimate from the config's shape.", "config"});
  return out.parameters_source = "rough", true;
}

void answer_rule_of_thumb(const ParsedModel* parsed, const Request& request, Outcome& out) {
  if (!find_parameters(parsed, request, out)) {
    out.error = error_of("unknown-size",
                         "How many parameters the model has is not known: give its config.json or policy.params_b.",
                         "policy.params_b");
    return;
  }
  RuleOfThumbInput input;
  input.params = out.parameters.total;
  const Engine& e = request.engine;
  if (e.dtype) input.dtype = *e.dtype;
  if (e.quantization) input.quantization = *e.quantization;
  if (e.kv_cache_dtype) input.kv_cache_dtype = *e.kv_cache_dtype;
  std::int64_t longest = 0;
  if (out.built) {
    const Model& model = out.built->model;
    input.layers = model.sizes.layers;
    input.kv_heads = model.sizes.kv_heads;
    input.head_dim = model.sizes.head_dim;
    longest = model.sizes.max_positions;
    if (!e.dtype || *e.dtype == "auto") input.dtype = name_of(out.built->resolved.dtype);
    if (!e.quantization) input.quantization = model.quantization;
  }
  input.memory = Bytes{request.hardware.memory_bytes} * request.hardware.gpus;
  input.tp = e.tensor_parallel_size;
  const std::int64_t wanted = e.max_model_len.value_or(longest);
  input.context = request.workload.context_tokens.value_or(
      wanted > 0 ? wanted : request.workload.prompt_tokens + request.workload.gen_tokens);
  input.concurrency = request.workload.concurrency;
  input.gpu_memory_utilization = e.gpu_memory_utilization.value_or(0.90);
  input.fragmentation_factor = request.policy.fragmentation_factor;
  input.headroom_gb = request.policy.headroom_gb;
  input.overhead_gb = request.policy.overhead_gb;
  out.resolved.max_model_len = input.context;
  out.resolved.gpu_memory_utilization = input.gpu_memory_utilization;
  out.thumb_input = input;
  out.thumb = rule_of_thumb(input);
  out.notes.insert(out.notes.end(), out.thumb.notes.begin(), out.thumb.notes.end());
  if (request.has_hardware)
    out.warnings.insert(out.warnings.end(), out.thumb.warnings.begin(), out.thumb.warnings.end());
  else note_no_hardware(out);
  out.inexact.push_back("The rule of thumb plans by averages, not by vLLM's own arithmetic.");
}

}  // namespace

ParsedModel::ParsedModel(std::string_view config, std::string_view hf_quant_config, std::string_view known_model)
    : config_(config), name_(known_model) {
  if (config_.empty() && !known_model.empty()) {
    const auto known = find_known_model(known_model);
    if (known) config_ = known->config;
    else if (known_size_b(known_model)) return;  // by name alone: the rule of thumb knows its size
    else
      error_ =
          error_of("unknown-model", "\"" + name_ + "\" is no model of the catalogue; paste its config.json instead.",
                   "known_model");
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

static void set_runner(Model& model, std::string_view runner) {
  if (runner == "generate") model.pooling = false;
  if (runner == "pooling" && !model.pooling) make_pooling(model);
}

ParsedModel::Built ParsedModel::build(const Request& request) const {
  Built built;
  built.log.used.assign(document_.nodes.size(), false);
  for (const std::string& key : document_.duplicates)
    built.log.note("duplicate-key", '"' + key + "\" stands in the file more than once; its last value counts.", key);
  if (mistral_params_)
    built.log.note("mistral-format", "This is a params.json: it is read as with --config_format mistral.");
  const ConfigReader reader = root(built.log);
  built.model = build_model(reader, {request.release, request.hardware.capability, request.engine.language_model_only,
                                     request.engine.enforce_eager, request.engine.runner == "generate",
                                     request.engine.max_model_len.value_or(0)});
  for (const std::string& reason : mistral_inexact_) built.model.inexact.push_back(reason);
  set_runner(built.model, request.engine.runner.value_or("auto"));
  ReadLog quant_log;
  quant_log.field = "hf_quant_config";
  quant_log.used.assign(hf_quant_document_.nodes.size(), false);
  const ConfigReader text = text_config(reader);
  QuantInput quant;
  quant.root = reader;
  quant.config = reader.object("quantization_config|compression_config");
  if (!quant.config) quant.config = text.object("quantization_config|compression_config");
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
  const LengthAnswer length = resolve_max_model_len(reader, text, built.model, request);
  built.resolved.max_model_len = length.max_model_len;
  built.resolved.derived_max_model_len = length.derived;
  if (built.model.rope_rows_served)
    for (Rope& rope : built.model.ropes) rope.rows = std::min(rope.rows, length.max_model_len);
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
    if (*error) locate_key(config_, (*error)->where.key, (*error)->where);
  return built;
}

std::shared_ptr<const ParsedModel::Built> ParsedModel::built_for(const Request& request) const {
  const Engine& e = request.engine;
  const Hardware& hardware = request.hardware;
  const Asked asked{request.release,       hardware.capability,      hardware.vendor,  e.dtype,
                    e.quantization,        e.kv_cache_dtype,         e.runner,         e.max_model_len,
                    e.language_model_only, e.disable_sliding_window, e.mm_limits_zero, e.enforce_eager};
  return built_.get(asked, [&] { return build(request); });
}

Outcome evaluate(const ParsedModel* parsed, const Request& request) {
  Outcome out;
  out.warnings = request.warnings;
  if (parsed && parsed->error()) return out.error = parsed->error(), out;
  if (parsed && !parsed->document().nodes.empty()) {
    out.built = parsed->built_for(request);
    if (out.built->log.error) return out.error = out.built->log.error, out;
  }
  const bool understood = out.built && !out.built->missing;
  const bool vllm = request.method == Method::vllm || (request.method == Method::automatic && understood);
  out.method = vllm ? Method::vllm : Method::rule_of_thumb;
  if (vllm && !out.built)
    out.error = error_of("missing-model", "The vllm method needs a config.json or a known model.", "config");
  else if (vllm && !understood) out.error = out.built->missing;
  else if (vllm) answer_vllm(request, out);
  else answer_rule_of_thumb(parsed, request, out);
  // What the config lacks says more than that its size is unknown.
  if (out.error && out.error->code == "unknown-size" && out.built && !understood) out.error = out.built->missing;
  return out;
}

}  // namespace vram_gauge
