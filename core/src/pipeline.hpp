// One question through all stages: parsed model + request -> everything a report shows. The only place that knows the
// order of the stages.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "build_model.hpp"
#include "feasibility.hpp"
#include "fixes.hpp"
#include "kv_plan.hpp"
#include "memo.hpp"
#include "request.hpp"
#include "rule_of_thumb.hpp"
#include "runtime_terms.hpp"
#include "vram_gauge/vram_gauge.hpp"
#include "weights.hpp"

namespace vram_gauge {

// What made the KV cache of this model and memory another than in the release before, one line a rule.
struct KvChanges {
  Release since;
  std::vector<std::string> lines;
};

// A config that was parsed, and the last models built from it with their weights and KV plans: a slider that doesn't
// change what those depend on (release, compute capability, dtype, parallel sizes …) builds nothing anew, nor do most
// trials of fixes_for(). Not for use by two threads at once.
class ParsedModel {
 public:
  ParsedModel(std::string_view config, std::string_view hf_quant_config, std::string_view known_model);

  struct Built;
  struct Beside {  // what a drafter's weights depend on, beside the model that it drafts for
    std::shared_ptr<const Built> draft;
    Placement target, own;
    std::string method, name;
    bool operator==(const Beside&) const = default;
  };

  struct OnRanks {
    std::optional<Diagnostic> refused;  // by vLLM: then there are no ranks
    std::vector<RankWeights> ranks;
  };
  struct Tree {  // vLLM's modules, for whatever length is asked
    std::shared_ptr<const Document> overridden,
        overrides;  // the config as hf_overrides left it, and they; null without
    Model model;
    ReadLog log;
    std::string kv_cache_dtype;  // the request's, or the checkpoint's
    std::optional<Diagnostic> refused_dtype, refused_quantization;
    std::optional<Diagnostic> missing;  // a key without which vLLM builds nothing: only the rule of thumb may answer
    ParameterCounts parameters;
    mutable Memo<Placement, OnRanks, 24> placed;
  };

  struct Built {
    explicit Built(std::shared_ptr<const Tree> of) : tree(std::move(of)), model(tree->model), log(tree->log) {}

    std::shared_ptr<const Tree> tree;
    const Model& model;  // the tree's
    ReadLog log;         // with what the length had to say
    Resolved resolved;   // dtype, derived length and KV dtype; defaults are per request
    std::optional<Diagnostic> refused;
    bool length_unnamed = false;  // the config names no limit of tokens

    struct Explained {  // what KvChanges depend on
      KvSettings from, to;
      Bytes available;
      bool operator==(const Explained&) const = default;
    };
    mutable Memo<KvSettings, KvPlan, 48> plans;
    mutable Memo<Explained, KvChanges, 2> changes;
    mutable Memo<Beside, Drafter, 4> drafters;
  };

  const std::optional<Diagnostic>& error() const { return error_; }
  const std::string& name() const { return name_; }
  ConfigReader root(ReadLog& log) const { return {document_, log}; }
  std::shared_ptr<const Built> built_for(const Request& request) const;
  const Document& document() const { return document_; }
  // A drafter's config, parsed once for a model that is asked again.
  struct Named {  // what a drafter is parsed from: one of both
    std::string config, known_model;
    bool operator==(const Named&) const = default;
  };
  std::shared_ptr<const ParsedModel> draft_of(const Named& named) const {
    return drafts_.get(named, [&] { return ParsedModel(named.config, {}, named.known_model); });
  }

 private:
  struct AskedTree {  // what grow() reads of a request
    Release release;
    int capability = 0;
    std::string vendor;
    std::optional<std::string> dtype, quantization, kv_cache_dtype, runner;
    std::string hf_overrides;
    std::uint8_t shut_out = 0;
    bool enforce_eager = false, usual_states = true;
    Drafting drafting;
    std::int64_t speculative_tokens = 0;
    std::int64_t length = 0;  // for models whose modules depend on it
    bool operator==(const AskedTree&) const = default;
  };
  struct Asked {  // what build() does
    std::shared_ptr<const Tree> tree;
    std::optional<std::int64_t> max_model_len;
    bool disable_sliding_window = false;
    bool operator==(const Asked&) const = default;
  };

  void locate(const Tree& tree, std::optional<Diagnostic>& error) const;
  Tree grow(const Request& request, std::int64_t length) const;
  Built build(const Request& request, std::shared_ptr<const Tree> tree) const;

  std::string config_, name_;
  Document document_, hf_quant_document_;
  bool has_hf_quant_ = false, mistral_params_ = false;
  std::vector<std::string> mistral_inexact_;
  std::optional<Diagnostic> error_;
  mutable Memo<AskedTree, Tree, 24> trees_;
  mutable Memo<Asked, Built, 48> built_;
  mutable Memo<Named, ParsedModel, 2> drafts_;
};

struct Outcome {
  Method method = Method::vllm;
  std::shared_ptr<const ParsedModel::Built> built;  // under `vllm`, and for the rule of thumb where a config is there
  Resolved resolved;
  Placement placement;
  std::vector<RankWeights> ranks;
  ParameterCounts parameters;
  std::string_view parameters_source;  // "params_b", "exact", "known-size", "rough"
  std::optional<Drafter> drafter;
  KvSettings kv_settings;
  KvPlan plan;
  KvPool pool;
  std::vector<Bytes> available;  // per pipeline stage
  std::vector<Budget> budgets;   // per pipeline stage
  std::size_t binding = 0;       // the stage whose budget is the tightest
  Verdict verdict;
  RuleOfThumbInput thumb_input;  // its names point into the request and the model
  RuleOfThumb thumb;
  std::vector<Note> notes, warnings;
  std::vector<std::string> inexact;  // why `confidence` is estimate; empty = exact
  std::optional<Diagnostic> error;   // a refusal keeps what was had before it
};

Outcome evaluate(const ParsedModel* parsed, const Request& request);

// Sizes from 2^53 bytes on, which nothing exact can be said of.
std::optional<Diagnostic> refuse_absurd(Bytes weights);

Parallel parallel_of(const Engine& engine);

// The drafter of a checkpoint that drafts for itself.
bool drafts_for_itself(const Engine& engine);
std::optional<Drafter> own_drafter(const Request& request, const Outcome& out);
std::optional<Diagnostic> refuse_own_drafter(const Request& request, const Outcome& out);

// Finds the drafter that a request names, and the method that it is for.
void attach_draft(const ParsedModel* parsed, Request& request);

// Builds and weighs it; what it lowers or vLLM refuses goes to `out`, whose model is weighed and resolved.
void add_drafter(const ParsedModel& parsed, const Request& request, Outcome& out);

// `resolved` settings as the planner takes them.
KvSettings kv_settings(const Request& request, const Resolved& resolved, const Parallel& parallel,
                       const std::optional<Drafter>& drafter);

// Since the release before the request's.
KvChanges kv_changes(const Outcome& outcome, const Request& request);

// What would make it fit, from `outcome` of the same request under `vllm`; empty where it fits or nothing is known.
std::vector<Fix> fixes_for(const ParsedModel& parsed, const Request& request, const Outcome& outcome);

}  // namespace vram_gauge
