// One question through all stages: parsed model + request -> everything a report shows. The only place that knows the
// order of the stages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "build_model.hpp"
#include "feasibility.hpp"
#include "kv_plan.hpp"
#include "request.hpp"
#include "rule_of_thumb.hpp"
#include "runtime_terms.hpp"
#include "vram_gauge/vram_gauge.hpp"
#include "weights.hpp"

namespace vram_gauge {

// A config that was parsed, and the last model built from it: a slider that doesn't change what the model depends on
// (release, compute capability, dtype, quantization, towers) builds nothing anew. Not for use by two threads at once.
class ParsedModel {
 public:
  ParsedModel(std::string_view config, std::string_view hf_quant_config, std::string_view known_model);

  struct Built {
    Model model;
    ReadLog log;
    Resolved resolved;  // dtype, derived length and the checkpoint's KV dtype; defaults are per request
    std::optional<Diagnostic> refused;
  };

  const std::optional<Diagnostic>& error() const { return error_; }
  const std::string& name() const { return name_; }
  ConfigReader root(ReadLog& log) const { return {document_, log}; }
  const Built& built_for(const Request& request) const;
  const Document& document() const { return document_; }

 private:
  Built build(const Request& request) const;

  std::string config_, name_;
  Document document_, hf_quant_document_;
  bool has_hf_quant_ = false;
  std::optional<Diagnostic> error_;
  mutable std::string key_;
  mutable std::optional<Built> built_;
};

struct Outcome {
  Method method = Method::vllm;
  const ParsedModel::Built* built = nullptr;  // under `vllm`, and for the rule of thumb where a config is there
  Resolved resolved;
  Placement placement;
  std::vector<RankWeights> ranks;
  ParameterCounts parameters;
  std::string_view parameters_source;  // "params_b", "exact", "known-size", "rough"
  KvSettings kv_settings;
  KvPlan plan;
  KvPool pool;
  std::vector<Bytes> available;  // per pipeline stage
  std::vector<Budget> budgets;   // per pipeline stage
  std::size_t binding = 0;       // the stage whose budget is the tightest
  Verdict verdict;
  RuleOfThumb thumb;
  std::vector<Note> notes, warnings;
  std::vector<std::string> inexact;  // why `confidence` is estimate; empty = exact
  std::optional<Diagnostic> error;   // a refusal keeps what was had before it
};

Outcome evaluate(const ParsedModel* parsed, const Request& request);

}  // namespace vram_gauge
