#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

void add_encoder_muse_glimmer(Builder& b, const ConfigReader& vision) {
  TowerBuilder tower("vision_encoder.");
  tower.quantizable = false;
  tower.may_replicate();
  const std::int64_t width = vision.size("hidden_size"), patch = vision.size("patch_size", max_factor),
                     merge = vision.positive("merge_size", 2, max_factor);
  tower.tensor("positional_embedding_vlm", {{vision.size("pos_emb_height") * vision.size("pos_emb_width")}, {width}});
  tower.tensor("conv1_linear.weight",
               {{width}, {3 * vision.positive("patch_temporal", 2, max_factor) * patch * patch}});
  tower.norm("ln_pre.", width);
  tower.norm("ln_post.", width);
  tower.encoder({.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = vision.size("num_attention_heads"),
                 .inner = vision.size("intermediate_size"),
                 .split_mlp = false,
                 .blocks = "transformer.*.",
                 .qkv = "qkv_proj",
                 .out = "o_proj",
                 .up = "c_fc",
                 .down = "c_proj",
                 .norms = {"ln_1.", "ln_2."}});
  tower.add_to(b.model);
  const std::int64_t projected = b.root.positive("projector_hidden_size", 4096);
  TowerBuilder adapter({}, Role::projector);
  adapter.quantizable = false;
  adapter.linear(How::whole, "vision_adapter.c_fc", width * merge * merge, projected, false);
  adapter.linear(How::whole, "vision_adapter.c_proj", projected, projected, false);
  adapter.linear(How::whole, "vision_projection", projected, b.sizes.hidden, false);
  adapter.add_to(b.model);
}

void describe_muse_glimmer(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.rope = b.rope();
  Module gate =
      column(Role::attention, "output_gate_proj", b.sizes.hidden, {{attention.heads, attention.head_dim, Split::even}});
  gate.parent = "self_attn.";
  b.embeddings("aaa");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    layer.modules.push_back(gate);
    b.add(layer, b.mlp());
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight", "pre_feedforward_layernorm.weight",
                    "post_feedforward_layernorm.weight"});
  });
}

void wrap_muse_glimmer(Builder& b) {
  const ConfigReader vision = b.root.object("vision_config");
  if (!vision && vision.model_type().empty()) return;
  b.model.multimodal = true;
  add_encoder_muse_glimmer(b, vision);
}

}  // namespace

extern const Family muse_glimmer{
    .id = "muse_glimmer",
    .architectures = "MuseGlimmerForCausalLM MuseGlimmerForConditionalGeneration",
    .model_types = "muse_glimmer muse_glimmer_text",
    .source = "vllm/model_executor/models/muse_glimmer.py",
    .describe = describe_muse_glimmer,
    .wrap = wrap_muse_glimmer,
};

}  // namespace vram_gauge::families
