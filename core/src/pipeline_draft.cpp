// The drafter of another checkpoint: which method it is for, what it shares with its target, how far it reaches.
#include <algorithm>

#include "data/architectures.hpp"
#include "data/known_models.hpp"
#include "draft_refusals.hpp"
#include "format.hpp"
#include "pipeline.hpp"
#include "speculation.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// By the drafter's config, where neither a method nor a name says it.
std::string method_of(const ConfigReader& root) {
  const std::string_view type = root.text("speculators_model_type");
  if (type == "peagle") return "eagle3";
  if (!type.empty()) return std::string(type.substr(0, type.find('2')));  // dflash2 is dflash
  const std::string name = architecture_of(root);
  if (contains(name, "Eagle3") || name.starts_with("PEagle") || name.starts_with("Peagle")) return "eagle3";
  if (name.starts_with("Eagle")) return "eagle";
  if (contains(name, "DFlash")) return "dflash";
  if (contains(name, "DSpark")) return "dspark";
  if (contains(name, "Medusa")) return "medusa";
  return root.has("draft_vocab_size") ? "eagle3" : "draft_model";
}

// What vLLM asks of the drafter's ModelConfig.
Request draft_request(const Request& request, const Outcome& out) {
  Request own;
  own.release = request.release;
  own.hardware = request.hardware;
  own.has_hardware = request.has_hardware;
  own.engine.dtype = std::string(name_of(out.resolved.dtype));
  own.engine.quantization = request.engine.draft_quantization;
  own.engine.max_model_len = request.engine.draft_max_model_len;
  own.engine.enforce_eager = request.engine.enforce_eager;
  own.engine.runner = "generate";
  own.drafting = {request.engine.speculative_method, 0, out.built->model.sizes.vocab, request.engine.parallel_drafting};
  // Before 0.33 the tables of EAGLE's heads alone reach as far as the target (from 0.27).
  const std::string& method = own.drafting.method;
  if (method.starts_with("eagle") ? request.release >= Release{27, 0}
                                  : method != "draft_model" && request.release >= Release{33, 0})
    own.drafting.positions = out.resolved.max_model_len;
  return own;
}

Bytes share_of(const Module& vocabulary, const Placement& placement) {
  const std::int64_t rows = ceil_div(round_up(vocabulary.dims[0].whole(), 64), placement.parallel.tp);
  return Bytes{rows * vocabulary.dims[1].whole() * size_of(placement.dtype)};
}

// A rotary table that the target has too is one (vllm/model_executor/layers/rotary_embedding/__init__.py:get_rope).
Bytes share_tables(const Model& target, Model& model, Dtype dtype) {
  Bytes shared;
  for (std::size_t i = 0; i < model.ropes.size(); ++i) {
    if (std::find(target.ropes.begin(), target.ropes.end(), model.ropes[i]) == target.ropes.end()) continue;
    shared += Bytes{model.ropes[i].rows * model.ropes[i].dim * size_of(dtype)};
    for (Layer& layer : model.layers) layer.ropes &= ~(1u << i);
  }
  return shared;
}

// In the catalogue that may be the copy's doing.
bool lacks_base(const ConfigReader& text) {
  return !text.has("rope_theta") && !text.object("rope_parameters").has("rope_theta");
}

// Takes from the drafter what its target has for it (vllm/v1/worker/gpu/spec_decode/eagle/utils.py). Whether its
// checkpoint holds an embedding or a head of its own that differs, no config says: EAGLE's and DFlash's usually hold
// no embedding, and a head where its rows aren't the target's.
void share_vocabulary(const Model& target, std::string_view method, const Placement& placement, Model& model,
                      Drafter& out) {
  const Sizes& sizes = target.sizes;
  std::erase_if(model.outside, [&](const Placed& placed) {
    const Module& module = placed.module;
    const bool head = module.role == Role::lm_head;
    if (module.kind != Module::Kind::vocab || module.dims[0].whole() != sizes.vocab ||
        sizes.hidden != model.sizes.hidden)
      return false;
    const Bytes bytes = share_of(module, placement);
    // EAGLE-3's heads are trained; other stages than the first have no embedding to share.
    const bool counted = head ? method == "eagle3" || module.quantizable : placement.parallel.pp > 1;
    (counted ? out.less : out.more) += bytes;
    return !counted;
  });
}

std::optional<Diagnostic> of_draft(std::optional<Diagnostic> error) {
  if (error) error->where.field = "draft_config";
  return error;
}

// A draft model's own configuration of parallelism (vllm/config/speculative.py:create_draft_parallel_config) has no
// load balancing, and the target's expert parallelism from 0.30 on; heads are built with the target's. To a drafter
// without experts both say nothing, but that 0.30 then starts none.
Parallel draft_parallel(const Request& request, Parallel parallel, const Model& draft) {
  const bool own = request.engine.speculative_method == "draft_model", from30 = request.release >= Release{30, 0},
             from31 = request.release >= Release{31, 0};
  parallel.pp = parallel.dcp = parallel.pcp = 1;
  if (!own && draft.names_experts) return parallel;
  parallel.expert_parallel &= from30 && (draft.names_experts || !from31);
  parallel.load_balanced = false;
  parallel.redundant_experts = 0;
  return parallel;
}

std::string unchecked_before(Release release) {
  return "This drafter's class was not checked in releases before " + to_string(release) + ".";
}

// The first release in which the drafter's class was compared with what is built here.
Release checked_from(std::string_view method, const Model& draft) {
  if (method == "draft_model" || method == "medusa") return {};
  if (!method.starts_with("eagle")) return {33, 0};
  return contains(draft.architecture, "Llama") ? Release{25, 0} : Release{30, 0};
}

// vllm/config/vllm.py:_limit_max_model_len_to_draft
void limit_length(const Request& request, std::int64_t draft_length, Outcome& out) {
  if (!out.resolved.v2_runner || !applies(Rule::draft_limits_max_model_len, request.release) ||
      draft_length >= out.resolved.max_model_len)
    return;
  out.resolved.max_model_len = draft_length;
  out.notes.push_back({"draft-limits-length",
                       "max_model_len was lowered to the draft model's: on this runner it drafts for no longer text.",
                       "engine.max_model_len"});
}

// The drafter as it is held beside its target, on a rank of `beside.own`.
Drafter weigh_drafter(const ParsedModel& parsed, const ParsedModel& draft, const ParsedModel::Built& target,
                      const ParsedModel::Beside& beside) {
  ReadLog log, target_log;
  log.used.assign(draft.document().nodes.size(), false);
  const Document& served = target.tree->overridden ? *target.tree->overridden : parsed.document();
  target_log.used.assign(served.nodes.size(), false);
  const ConfigReader text = text_config(draft.root(log)), target_text = text_config({served, target_log});
  const bool own = beside.method == "draft_model";
  Model model = beside.draft->model;
  Drafter drafter;
  if (!own && beside.method != "medusa") share_vocabulary(target.model, beside.method, beside.target, model, drafter);
  drafter.assumes_vocabulary = drafter.less.count + drafter.more.count > 0;
  if ((!parsed.name().empty() && lacks_base(target_text)) || (lacks_base(text) && find_known_model(beside.name))) {
    Model other = model;
    const Bytes tables = share_tables(target.model, other, beside.own.dtype);
    drafter.less += tables;
    drafter.assumes_table = tables.count > 0;
  } else if (same_rope(text, target_text)) {
    share_tables(target.model, model, beside.own.dtype);
  }
  const RankWeights rank = weigh(model, beside.own)[0];
  drafter.model = {beside.draft, &beside.draft->model};
  drafter.weights = rank.weights;
  drafter.loaded = rank.loaded;
  drafter.own_positions = own || !rope_only_sizes_table(text);
  return drafter;
}

void say_of_drafter(const Request& request, const ParsedModel::Built& built, std::string_view method, Outcome& out) {
  if (out.drafter->assumes_table)
    out.inexact.emplace_back(
        "The catalogue doesn't say whether the drafter's rotary table is the model's too: it is counted.");
  for (const Note& note : built.log.notes)
    if (note.code != "assumed-length") out.notes.push_back({note.code, note.message, "draft_config." + note.key});
  for (const std::string& reason : built.model.inexact) out.inexact.push_back(reason);
  if (const Release checked = checked_from(method, built.model); request.release < checked)
    out.inexact.push_back(unchecked_before(checked));
  const auto facts = find_architecture(built.model.architecture);
  const bool generates = facts && (facts->is(ArchitectureKind::text) || facts->is(ArchitectureKind::multimodal));
  if (method == "draft_model" && !generates)
    out.inexact.emplace_back(
        "vLLM drafts with no model that only pools, and what it makes of this one was not looked at.");
  if (method == "draft_model" && built.model.mtp_known && !contains(built.model.architecture, "MTP"))
    out.inexact.emplace_back(
        "vLLM drafts with the predictors (mtp) of such a checkpoint, not with all its layers, which are counted.");
  if (built.model.names_experts && !out.built->model.names_experts && request.release >= Release{15, 0})
    out.inexact.emplace_back("Many classes with experts don't start as drafters of a model without.");
  if (method == "draft_model" && out.placement.parallel.pp > 1)
    out.inexact.emplace_back("Draft models beside pipeline parallelism were not checked.");
  if (out.drafter->assumes_vocabulary)
    out.notes.push_back({"draft-shares-vocabulary",
                         "Whether the drafter's checkpoint holds an embedding or a head of its own is not in its "
                         "config: it is taken to share what such drafters usually do.",
                         "draft_config"});
}

}  // namespace

void attach_draft(const ParsedModel* parsed, Request& request) {
  Engine& engine = request.engine;
  const bool drafts =
      speculative_method(engine.speculative_method).has_checkpoint() && engine.num_speculative_tokens > 0;
  if (request.draft_config && !drafts)
    request.warnings.push_back({"draft-config-unused",
                                "draft_config changes nothing: engine.speculative_config names no "
                                "num_speculative_tokens, or a method without a draft model.",
                                "draft_config"});
  if (!drafts) return;
  const std::string text = request.draft_config.value_or("");
  request.draft_config.reset();
  if (text.empty() && engine.draft_model.empty()) return;
  const ParsedModel::Named named{text, text.empty() ? engine.draft_model : ""};
  request.draft = parsed ? parsed->draft_of(named) : std::make_shared<const ParsedModel>(text, "", named.known_model);
  if (text.empty() && request.draft->document().nodes.empty()) return request.draft.reset();  // none of the catalogue
  if (engine.speculative_method.empty() && !request.draft->error()) {
    ReadLog log;
    log.used.assign(request.draft->document().nodes.size(), false);
    engine.speculative_method = method_of(request.draft->root(log));
  }
}

void add_drafter(const ParsedModel& parsed, const Request& request, Outcome& out) {
  out.error = refuse_method(request);
  if (!out.error) out.error = refuse_length(request.engine, out.resolved.max_model_len);
  if (out.error) return;
  out.error = refuse_own_drafter(request, out);
  if (out.error) return;
  out.drafter = own_drafter(request, out);
  if (!out.drafter && drafts_for_itself(request.engine))
    out.inexact.emplace_back("The predictors (mtp) that draft here are not modelled: none are counted.");
  if (out.drafter && request.release < Release{33, 0}) out.inexact.push_back(unchecked_before({33, 0}));
  if (!request.draft) return;
  out.error = refuse_parallel(request.engine);
  if (!out.error) out.error = of_draft(request.draft->error());
  if (out.error) return;
  const Request asked = draft_request(request, out);
  const auto built = request.draft->built_for(asked);
  const std::string& method = asked.drafting.method;
  for (const auto& error :
       {built->log.error, built->tree->missing, refuse_head(method, built->model),
        refuse_architecture(built->model, request.release), refuse_vocabulary(request, out.built->model, built->model),
        built->refused, refuse_stages(request, out.built->model, built->model)})
    if (!out.error) out.error = of_draft(error);
  Placement placement = out.placement;
  placement.parallel = draft_parallel(request, placement.parallel, built->model);
  placement.batched_tokens = built->model.depends_on_batch ? out.resolved.max_num_batched_tokens : 0;
  if (!out.error) out.error = of_draft(refuse_layout(built->model, placement));
  if (out.error) return;
  const ParsedModel::Beside beside{built, out.placement, placement, method, request.engine.draft_model};
  const auto weighed =
      out.built->drafters.get(beside, [&] { return weigh_drafter(parsed, *request.draft, *out.built, beside); });
  out.error = of_draft(refuse_absurd(weighed->weights));
  if (out.error) return;
  out.drafter = *weighed;
  say_of_drafter(request, *built, method, out);
  if (weighed->own_positions && !built->length_unnamed) limit_length(request, built->resolved.max_model_len, out);
}

}  // namespace vram_gauge
