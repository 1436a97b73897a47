#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

bool is_flash_clef(const Builder& b) { return b.context.architecture == "ClefFlashForJointSchema"; }

// Layers of plain attentions, norms and one feed-forward.
struct LayersClef {
  std::string_view path;
  std::int64_t count, width, inner;
  std::vector<std::string_view> attentions, norms;
};

void add_layers_clef(TowerBuilder& head, const LayersClef& spec) {
  const std::int64_t width = spec.width;
  head.in_blocks(spec.path, spec.count);
  for (const std::string_view attention : spec.attentions) {
    head.tensor("attention.in_proj_weight", {{3 * width}, {width}});
    head.tensor("attention.in_proj_bias", {{3 * width}});
    head.linear(How::whole, attention, width, width);
  }
  head.linear(How::whole, "linear1", width, spec.inner);
  head.linear(How::whole, "linear2", spec.inner, width);
  for (const std::string_view name : spec.norms) head.norm(name, width);
  head.in_blocks({}, 1);
}

// vllm/model_executor/models/clef_joint_schema.py:JointSchemaHead
void add_head_clef(Builder& b, const ConfigReader& config) {
  const std::int64_t hidden = config.size("hidden_size"), width = config.size("width"),
                     inner = config.size("feedforward");
  TowerBuilder head("pooler.head.", Role::other);
  head.quantizable = false;
  head.on_every_stage();
  head.norm("hidden_norm.", hidden);
  for (const std::string_view name : {"memory_projection", "question_projection", "option_question_projection",
                                      "global_projection", "option_context_projection", "option_lexical_projection"})
    head.linear(How::whole, name, hidden, width, false);
  head.tensor("type_embedding.weight", {{3}, {width}});
  for (const std::string_view name : {"option_summary_norm.", "field_norm.", "option_norm."}) head.norm(name, width);
  head.linear(How::whole, "residual_scorer.0", 4 * width, width);
  head.linear(How::whole, "residual_scorer.3", width, 1);
  for (const std::string_view name : {"prior_logit_scale", "joint_logit_scale", "residual_gate"}) head.tensor(name, {});
  add_layers_clef(head, {"evidence_layers.*.",
                         config.integer("routing_layers", 0, max_layers),
                         width,
                         inner,
                         {"attention.out_proj"},
                         {"query_norm.", "memory_norm.", "feedforward_norm."}});
  add_layers_clef(head, {"layers.*.",
                         config.integer("layers", 0, max_layers),
                         width,
                         inner,
                         {"self_attn.out_proj", "multihead_attn.out_proj"},
                         {"norm1.", "norm2.", "norm3."}});
  head.add_to(b.model);
}

void describe_clef(Builder& b) {
  find_family(is_flash_clef(b) ? "Qwen3_5ForCausalLM" : "Qwen3MoeForCausalLM")->describe(b);
  // Qwen3.5's own type of states is set by class name, and not for this one (vllm/model_executor/models/config.py).
  for (Layer& layer : b.model.layers)
    for (Cache& cache : layer.caches)
      for (State& state : cache.states) state.dtype = Dtype::model;
}

// Its head for words is built all the same.
void wrap_clef(Builder& b) {
  const ConfigReader config = b.root.object("joint_head_config");
  find_family(is_flash_clef(b) ? "Qwen3_5ForConditionalGeneration" : "Qwen3OmniMoeForConditionalGeneration")->wrap(b);
  b.model.pooling = true;
  if (!b.since(33)) b.inexact("This class was not looked at in this release.");
  if (config) add_head_clef(b, config);
  else b.inexact("The sizes of Clef's head stand in joint_head_config.json; it is left out.");
}

}  // namespace

extern const Family clef{
    .id = "clef",
    .architectures = "ClefFlashForJointSchema ClefOmniForJointSchema",
    .model_types = "",
    .source = "vllm/model_executor/models/clef_flash.py, clef_omni.py, clef_joint_schema.py",
    .describe = describe_clef,
    .wrap = wrap_clef,
};

}  // namespace vram_gauge::families
