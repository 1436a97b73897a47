#include "report_json.hpp"

#include <algorithm>

#include "data/architectures.hpp"
#include "json_writer.hpp"

namespace vram_gauge {
namespace {

void write_error(JsonWriter& w, const Diagnostic& error) {
  w.begin_object("error")
      .text("code", error.code)
      .text("message", error.message)
      .begin_object("where")
      .text("field", error.where.field);
  if (!error.where.key.empty()) w.text("key", error.where.key);
  if (error.where.line > 0) w.integer("line", error.where.line).integer("column", error.where.column);
  w.end_object().end_object();
}

void write_model(JsonWriter& w, const Outcome& o) {
  w.begin_object("model");
  if (o.built) {
    const Model& model = o.built->model;
    w.text("architecture", model.architecture).text("family", model.family);
  }
  w.text("confidence", o.inexact.empty() ? "exact" : "estimate");
  w.begin_array("estimate_reasons");
  for (const std::string& reason : o.inexact) w.text({}, reason);
  w.end_array();
  w.integer("params_total", o.parameters.total.count)
      .integer("params_active", o.parameters.active.count)
      .integer("params_mtp", o.parameters.mtp.count);
  w.text("params_source", o.parameters_source);
  if (o.built) {
    const Model& model = o.built->model;
    w.text("dtype", name_of(o.built->resolved.dtype));
    if (model.quantization.empty()) w.null("quantization");
    else w.text("quantization", model.quantization);
    w.integer("max_model_len", o.built->resolved.derived_max_model_len);
    const Sizes& s = model.sizes;
    w.integer("layers", s.layers)
        .integer("hidden_size", s.hidden)
        .integer("attention_heads", s.heads)
        .integer("kv_heads", s.kv_heads)
        .integer("head_dim", s.head_dim);
    if (const auto facts = find_architecture(model.architecture)) {
      if (facts->first) w.text("first_version", to_string(*facts->first));
      else w.null("first_version");
      if (facts->last) w.text("last_version", to_string(*facts->last));
      else w.null("last_version");
    }
  }
  w.end_object();
}

void write_resolved(JsonWriter& w, const Outcome& o, const Request& request) {
  const Resolved& r = o.resolved;
  w.begin_object("resolved")
      .integer("max_model_len", r.max_model_len)
      .number("gpu_memory_utilization", r.gpu_memory_utilization);
  if (o.method == Method::vllm) {
    w.text("dtype", name_of(r.dtype))
        .integer("max_num_batched_tokens", r.max_num_batched_tokens)
        .integer("max_num_seqs", r.max_num_seqs);
    w.text("kv_cache_dtype", r.kv_cache_dtype)
        .integer("block_size", o.plan.block_size)
        .boolean("enable_prefix_caching", r.enable_prefix_caching);
    w.boolean("enforce_eager", request.engine.enforce_eager)
        .boolean("v2_model_runner", r.v2_runner)
        .integer("cudagraph_sizes", std::max(r.graph_sizes_piecewise, r.graph_sizes_full));
  }
  w.integer("tensor_parallel_size", request.engine.tensor_parallel_size)
      .integer("pipeline_parallel_size", request.engine.pipeline_parallel_size);
  w.integer("data_parallel_size", request.engine.data_parallel_size)
      .boolean("enable_expert_parallel", request.engine.enable_expert_parallel);
  w.integer("context_tokens", request.workload.context_tokens.value_or(r.max_model_len))
      .integer("concurrency", request.workload.concurrency);
  w.end_object();
}

void write_ranks(JsonWriter& w, const Outcome& o) {
  w.begin_array("ranks");
  if (o.method == Method::rule_of_thumb)
    w.begin_object()
        .integer("pp", 0)
        .integer("tp", 0)
        .integer("tp_last", 0)
        .integer("weights_bytes", o.thumb.weights.count)
        .end_object();
  for (const RankWeights& rank : o.ranks) {
    w.begin_object().integer("pp", rank.pp).integer("tp", rank.tp).integer("tp_last", rank.tp_last);
    w.integer("weights_bytes", rank.weights.count)
        .integer("loaded_bytes", rank.loaded.count)
        .integer("replicated_bytes", rank.replicated.count);
    w.begin_object("by_role");
    for (int i = 0; i < roles; ++i)
      if (rank.by_role[static_cast<std::size_t>(i)].count > 0)
        w.integer(name_of(static_cast<Role>(i)), rank.by_role[static_cast<std::size_t>(i)].count);
    w.integer("buffers", rank.buffers.count).end_object().end_object();
  }
  w.end_array();
}

void write_draft(JsonWriter& w, const Outcome& o, const Request& request) {
  if (!o.drafter) return;
  const Drafter& drafter = *o.drafter;
  w.begin_object("draft")
      .text("architecture", drafter.model->architecture)
      .text("family", drafter.model->family)
      .text("method", request.engine.speculative_method)
      .integer("weights_bytes", drafter.weights.count)
      .integer("loaded_bytes", drafter.loaded.count)
      .end_object();
}

void write_kv(JsonWriter& w, const Outcome& o, const Request& request) {
  w.begin_object("kv").begin_array("groups");
  for (const KvGroup& group : o.plan.groups) {
    w.begin_object()
        .text("kind", group.kind)
        .integer("layers", group.layers)
        .integer("block_size", group.block_size)
        .integer("page_size_bytes", group.page_size_bytes);
    if (group.window > 0) w.integer("window", group.window);
    w.integer("blocks_at_max_model_len", group.blocks_at_max_len).end_object();
  }
  w.end_array();
  const bool planned = !o.plan.stages.empty() && !o.plan.no_cache;
  w.integer("bytes_per_block", planned ? o.plan.stages[0].bytes_per_block : 0);
  if (!o.available.empty()) w.integer("available_bytes", o.available[o.binding].count);
  if (o.pool.starts && planned) {
    w.integer("blocks", o.pool.blocks)
        .integer("tokens", o.pool.tokens)
        .number("max_concurrency", o.pool.max_concurrency)
        .null("max_model_len_that_fits");
  } else {
    w.null("blocks").null("tokens").null("max_concurrency");
    if (planned) w.integer("max_model_len_that_fits", o.pool.max_model_len_that_fits);
    else w.null("max_model_len_that_fits");
  }
  w.integer("bytes_per_token", o.plan.bytes_per_token).integer("bytes_per_sequence", o.plan.bytes_per_sequence);
  const std::int64_t tokens = request.workload.context_tokens.value_or(o.resolved.max_model_len);
  w.integer("blocks_of_request", blocks_of_sequence(o.plan, o.kv_settings, tokens));
  w.integer("blocks_to_admit", blocks_to_admit(o.plan, tokens));
  w.integer("tokens_per_gib", tokens_per_gib(o.plan)).boolean("no_cache", o.plan.no_cache);
  const KvChanges changes = kv_changes(o, request);
  if (!changes.lines.empty()) {
    w.begin_object("changes").text("since", to_string(changes.since)).begin_array("lines");
    for (const std::string& line : changes.lines) w.text({}, line);
    w.end_array().end_object();
  }
  w.end_object();
}

void write_budget(JsonWriter& w, const Outcome& o) {
  if (o.budgets.empty()) return;
  const Budget& b = o.budgets[o.binding];
  w.begin_object("budget").integer("total_bytes", b.total).integer("requested_bytes", b.requested).begin_array("terms");
  for (const Term& term : b.terms) {
    w.begin_object()
        .text("id", term.id)
        .integer("bytes", term.bytes)
        .integer("low_bytes", term.low)
        .integer("high_bytes", term.high);
    w.boolean("in_budget", term.in_budget).text("formula", term.formula).begin_object("inputs");
    for (const Term::Input& input : term.inputs) w.integer(input.name, input.value);
    w.end_object().text("source", term.source).end_object();
  }
  w.end_array().integer("available_kv_bytes", b.available).integer("available_kv_low_bytes", b.available_low);
  w.integer("available_kv_high_bytes", b.available_high).integer("outside_bytes", b.outside);
  w.integer("pp", static_cast<std::int64_t>(o.binding)).end_object();
}

void write_verdict(JsonWriter& w, const Outcome& o, const Request& request) {
  const bool thumb = o.method == Method::rule_of_thumb;
  if (thumb ? !request.has_hardware : o.budgets.empty()) return;
  const Verdict& v = o.verdict;
  w.begin_object("verdict");
  if (thumb) w.null("starts");
  else w.text("starts", name_of(v.starts));
  w.boolean("fits", thumb ? o.thumb.fits : v.fits).text("oom_risk", name_of(thumb ? o.thumb.oom_risk : v.oom_risk));
  w.integer("headroom_bytes", thumb ? o.thumb.headroom.count : v.headroom);
  w.integer("max_concurrency_at_context", thumb ? o.thumb.max_concurrency_at_context : v.max_concurrency_at_context);
  w.integer("max_context_at_concurrency", thumb ? o.thumb.max_context_at_concurrency : v.max_context_at_concurrency);
  w.integer("kv_used_bytes", thumb ? o.thumb.kv_cache.count : v.kv_used);
  if (!thumb) w.integer("headroom_low_bytes", v.headroom_low).integer("headroom_high_bytes", v.headroom_high);
  w.end_object();
}

void write_thumb(JsonWriter& w, const Outcome& o, const Request& request) {
  const RuleOfThumb& t = o.thumb;
  w.begin_object("rule_of_thumb").integer("vram_total_bytes", request.hardware.memory_bytes * request.hardware.gpus);
  w.integer("weights_bytes", t.weights.count)
      .integer("kv_cache_bytes", t.kv_cache.count)
      .integer("overhead_bytes", t.overhead.count);
  w.integer("allocatable_bytes", t.allocatable.count)
      .integer("headroom_bytes", t.headroom.count)
      .boolean("fits", t.fits)
      .text("oom_risk", name_of(t.oom_risk));
  w.integer("max_concurrency_at_context", t.max_concurrency_at_context)
      .integer("max_context_at_concurrency", t.max_context_at_concurrency)
      .end_object();
}

void write_notes(JsonWriter& w, std::string_view key, std::initializer_list<const std::vector<Note>*> lists) {
  w.begin_array(key);
  for (const std::vector<Note>* list : lists)
    for (const Note& note : *list) {
      w.begin_object().text("code", note.code).text("message", note.message);
      if (!note.key.empty()) w.text("key", note.key);
      w.end_object();
    }
  w.end_array();
}

}  // namespace

std::string error_json(const Diagnostic& error, const std::vector<Fix>& fixes) {
  JsonWriter w;
  w.begin_object();
  write_error(w, error);
  if (!fixes.empty()) write_fixes(w, fixes);
  return w.end_object().str();
}

std::string report_json(const Outcome& o, const Request& request, const std::vector<Fix>& fixes) {
  if (o.error && o.ranks.empty()) return error_json(*o.error, fixes);
  const std::vector<Note> none;
  JsonWriter w;
  w.begin_object();
  if (o.error) write_error(w, *o.error);
  w.text("method", o.method == Method::vllm ? "vllm" : "rule-of-thumb")
      .text("vllm_version", to_string(request.release));
  write_model(w, o);
  write_resolved(w, o, request);
  write_ranks(w, o);
  write_draft(w, o, request);
  if (o.method == Method::vllm && !o.error) {
    write_kv(w, o, request);
    write_budget(w, o);
  }
  if (!o.error) write_verdict(w, o, request);
  if (o.method == Method::rule_of_thumb && request.has_hardware) write_thumb(w, o, request);
  write_fixes(w, fixes);
  const std::vector<Note>& budget_notes = o.budgets.empty() ? none : o.budgets[o.binding].notes;
  write_notes(w, "notes", {o.built ? &o.built->log.notes : &none, &o.notes, &budget_notes});
  const std::vector<Note> warnings = warnings_of(o.verdict, o.plan, o.kv_settings, o.budgets, request);
  write_notes(w, "warnings", {&o.warnings, &warnings});
  return w.end_object().str();
}

}  // namespace vram_gauge
