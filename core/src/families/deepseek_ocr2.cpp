#include "families/wrappers.hpp"
#include "towers/sam.hpp"

namespace vram_gauge::families {

// A small Qwen2 (deepencoder2.py) reads what the first encoder saw; every rank has all of it.
static void add_reader(Builder& b) {
  constexpr std::int64_t width = 896;
  TowerBuilder tower("qwen2_model.");
  tower.quantizable = false;
  tower.encoder({.depth = 24,
                 .width = width,
                 .heads = 14,
                 .inner = 4864,
                 .kv_heads = 2,
                 .out_bias = false,
                 .mlp_bias = false,
                 .norm_bias = false,
                 .gated = true,
                 .separate_qkv = true,
                 .split_attention = false,
                 .split_mlp = false,
                 .blocks = "model.model.layers.*.",
                 .attention = "self_attn.",
                 .out = "o_proj",
                 .up = "gate_up_proj",
                 .down = "down_proj",
                 .norms = {"input_layernorm.", "post_attention_layernorm."}});
  tower.norm("model.model.norm.", width, false);
  tower.tensor("query_768.weight", {{144}, {width}});
  tower.tensor("query_1024.weight", {{256}, {width}});
  for (const std::string_view name : {"model.model.rotary_emb.inv_freq", "model.model.rotary_emb.original_inv_freq"})
    tower.buffer(name, {{width / 14 / 2}}, Dtype::float32);
  tower.add_to(b.model);
}

static void wrap_deepseek_ocr2(Builder& b) {
  nest_language_model(b);
  add_sam_tower(b, "sam_model.", 896);
  add_reader(b);
  add_ocr_projector(b, {"view_seperator"});
}

extern const Family deepseek_ocr2{
    .id = "deepseek_ocr2",
    .architectures = "DeepseekOCR2ForCausalLM",
    .model_types = "",
    .source = "vllm/model_executor/models/deepseek_ocr2.py, deepencoder2.py",
    .describe = nullptr,
    .wrap = wrap_deepseek_ocr2,
};

}  // namespace vram_gauge::families
