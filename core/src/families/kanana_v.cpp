#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"
#include "towers/regnet.hpp"

namespace vram_gauge::families {
namespace {

void add_abstractor_kanana_v(Builder& b, const ConfigReader& config) {
  const std::int64_t from = config.size("encoder_hidden_size"), width = config.size("hidden_size"),
                     out = config.size("output_hidden_size"), merge = config.size("merge_size", max_factor),
                     depth = config.integer("depth", 0, max_layers);
  TowerBuilder abstractor("abstractor.", Role::projector);
  abstractor.quantizable = false;
  if (config.flag("pos_emb")) abstractor.tensor("pos_emb", {{1}, {config.size("pos_emb_size")}, {from}});
  add_regnet_stage(abstractor, "net.0.b*.", depth, from, width);
  add_regnet_stage(abstractor, "net.2.b*.", depth, merge * merge * width, width);
  abstractor.in_blocks({}, 1);
  abstractor.linear(How::whole, "readout.0", depth > 0 ? width : from, out);
  abstractor.in_blocks("readout.*.", config.size("mlp_depth", max_layers) - 1);
  abstractor.linear(How::whole, "linear", out, out);
  abstractor.add_to(b.model);
}

void wrap_kanana_v(Builder& b) {
  nest_language_model(b);
  b.model.prefix = "model.model.", b.model.layer_prefix = "model.model.layers.", b.model.head_prefix = "model.";
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_qwen2_vl_tower(b, vision, {.prefix = "vision_model.", .quantizable = false, .merger = false});
  });
  add_abstractor_kanana_v(b, b.root.object("projector_config"));
}

}  // namespace

extern const Family kanana_v{
    .id = "kanana_v",
    .architectures = "KananaVForConditionalGeneration",
    .model_types = "",
    .source = "vllm/model_executor/models/kanana_v.py, timm/models/regnet.py",
    .wrap = wrap_kanana_v,
    .text = "LlamaForCausalLM",
};

}  // namespace vram_gauge::families
