#include "families/wrappers.hpp"
#include "towers/qwen_vl.hpp"

namespace vram_gauge::families {

// vllm/model_executor/models/exaone4_5_mtp.py
static void predictor_exaone4_5(Builder& b) {
  Layer& layer = b.model.mtp;
  AttentionSpec attention = b.attention();
  attention.qk_norm = QkNorm::head;
  attention.window = b.slides(0) ? b.window() : 0;  // numbered from 0
  b.add(layer, attention);
  b.add(layer, b.mlp());
  b.norms(layer, {"post_attention_layernorm.weight", "post_feedforward_layernorm.weight",
                  "pre_fc_norm_embedding.weight", "pre_fc_norm_hidden.weight", "norm.weight"});
  b.predicts(1, "fc");
}

static void wrap_exaone4_5(Builder& b) {
  nest_language_model(b);
  if (b.text.integer("num_nextn_predict_layers", 0, max_layers) > 0) predictor_exaone4_5(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_qwen2_5_vl_tower(b, vision); });
}

extern const Family exaone4_5{
    .id = "exaone4_5",
    .architectures = "Exaone4_5_ForConditionalGeneration",
    .model_types = "exaone4_5",
    .source = "vllm/model_executor/models/exaone4_5.py",
    .wrap = wrap_exaone4_5,
    .text = "Exaone4ForCausalLM",
};

}  // namespace vram_gauge::families
