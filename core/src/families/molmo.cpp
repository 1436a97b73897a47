#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// The same tower whatever the file says (molmo.py:VisionBackboneConfig, VIT_LAYERS): features of two of its layers are
// pooled by attention.
void add_backbone(Builder& b) {
  constexpr std::int64_t width = 1024, inner = 4096, heads = 16, patch = 14, positions = 577, features = 2 * width;
  TowerBuilder tower("vision_backbone.");
  tower.tensor("pad_embed", {{2}, {features}});
  tower.tensor("image_vit.class_embedding", {{width}});
  tower.tensor("image_vit.positional_embedding", {{positions}, {width}});
  tower.tensor("image_vit.patch_embedding.weight", {{width}, {3 * patch * patch}});
  tower.norm("image_vit.pre_ln.", width);
  tower.encoder({.depth = 23,
                 .width = width,
                 .heads = heads,
                 .inner = inner,
                 .separate_qkv = true,
                 .blocks = "image_vit.transformer.resblocks.*.",
                 .attention = "attention.",
                 .out = "wo",
                 .mlp = "feed_forward.",
                 .up = "w1",
                 .down = "w2",
                 .norms = {"attention_norm.", "ffn_norm."}});
  for (const std::string_view name : {"image_pooling_2d.wq", "image_pooling_2d.wk", "image_pooling_2d.wv"})
    tower.linear(How::column, name, features, width);
  tower.linear(How::row, "image_pooling_2d.wo", width, width);
  const std::int64_t half = b.sizes.inner / 2;
  const Dim shard{half, 1, Split::even};
  tower.module(column(Role::projector, "image_projector.merged_linear", width, {shard, shard}));
  tower.linear(How::row, "image_projector.down_proj", half, b.sizes.hidden, false);
  tower.add_to(b.model);
}

void describe_molmo(Builder& b) {
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.qkv_bias = b.text.flag("qkv_bias");
  attention.qk_norm = b.text.flag("attention_layer_norm") ? QkNorm::full : QkNorm::none;
  attention.rope = b.rope();
  MlpSpec mlp = b.mlp();
  mlp.inner = b.sizes.inner / 2;
  const std::int64_t rows = b.text.positive("embedding_size", b.sizes.vocab), extra = 128;
  b.model.tied = b.text.flag("weight_tying");
  b.model.multimodal = true;
  b.sizes.vocab = rows;
  b.embeddings("aaa");
  b.model.outside.front().module.dims.front() = {rows + extra};
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
  add_backbone(b);
}

}  // namespace

extern const Family molmo{
    .id = "molmo",
    .architectures = "MolmoForCausalLM",
    .model_types = "molmo",
    .source = "vllm/model_executor/models/molmo.py",
    .describe = describe_molmo,
};

}  // namespace vram_gauge::families
