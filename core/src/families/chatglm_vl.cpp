#include "families/family.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// GLM-4V-9B's encoder, EVA2-CLIP.
void add_tower_chatglm_vl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size"), patch = vision.size("patch_size", max_factor),
                     text = b.sizes.hidden, inner = b.text.size("ffn_hidden_size");
  TowerBuilder tower("transformer.vision.");
  tower.convolution("patch_embedding.proj.", {{width}, {vision.size("in_channels", max_factor)}, {patch}, {patch}});
  tower.tensor("patch_embedding.cls_embedding", {{1}, {width}});
  tower.tensor("patch_embedding.position_embedding.weight", {{vision.size("num_positions")}, {width}});
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = vision.size("num_heads"),
                 .inner = vision.size("intermediate_size"),
                 .blocks = "transformer.layers.*.",
                 .attention = "attention.",
                 .qkv = "query_key_value",
                 .out = "dense",
                 .norms = {"input_layernorm.", "post_attention_layernorm."}});
  tower.linear(How::whole, "linear_proj.linear_proj", text, text, false);
  tower.norm("linear_proj.norm1.", text);
  tower.module(column(Role::projector, "linear_proj.merged_proj", text,
                      {{inner, 1, Split::even, "gate_proj"}, {inner, 1, Split::even, "dense_h_to_4h"}}));
  tower.linear(How::row, "linear_proj.dense_4h_to_h", inner, text, false);
  tower.convolution("conv.", {{text}, {width}, {2}, {2}});
  tower.tensor("boi", {{1}, {1}, {text}});
  tower.tensor("eoi", {{1}, {1}, {text}});
  tower.add_to(b.model);
}

void wrap_chatglm_vl(Builder& b) {
  b.model.multimodal = true;
  if (const ConfigReader vision = b.root.object("vision_config")) return add_tower_chatglm_vl(b, vision);
  b.inexact("The file has no vision_config for the encoder that its architecture has.");
}

}  // namespace

extern const Family chatglm_vl{
    .id = "chatglm_vl",
    .architectures = "GLM4VForCausalLM",
    .model_types = "",
    .source = "vllm/model_executor/models/glm4v.py",
    .wrap = wrap_chatglm_vl,
    .text = "ChatGLMModel",
};

}  // namespace vram_gauge::families
