#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// Features of some of the tower's layers are pooled by attention; layers past the last of those are not built.
void add_backbone_molmo2(Builder& b, const ConfigReader& vit, const ConfigReader& adapter) {
  const std::int64_t width = vit.positive("hidden_size", 1152), heads = vit.positive("num_attention_heads", 16),
                     layers = vit.positive("num_hidden_layers", 27, max_layers),
                     patch = vit.positive("image_patch_size", 14, max_factor);
  std::vector<std::int64_t> features = adapter.integers("vit_layers", -max_size);
  if (features.empty()) features = {-3, -9};
  std::int64_t depth = 0;
  for (const std::int64_t layer : features) depth = std::max(depth, layer < 0 ? layers + layer + 1 : layer + 1);
  const std::int64_t pooled = width * static_cast<std::int64_t>(features.size()),
                     out = adapter.positive("hidden_size", 1152), head_dim = adapter.positive("head_dim", 72);
  const Dim q{adapter.positive("num_attention_heads", 16), head_dim, Split::even},
      kv{adapter.positive("num_key_value_heads", 16), head_dim, Split::even},
      inner{adapter.positive("intermediate_size", 18944), 1, Split::even};
  TowerBuilder tower("vision_backbone.");
  tower.tensor("image_vit.positional_embedding", {{vit.positive("image_num_pos", 577)}, {width}});
  tower.convolution("image_vit.patch_embedding.", {{width}, {3 * patch * patch}});
  tower.encoder({.depth = std::min(depth, layers),
                 .width = width,
                 .heads = heads,
                 .inner = vit.positive("intermediate_size", 4304),
                 .head_dim = vit.positive("head_dim", 72),
                 .kv_heads = vit.positive("num_key_value_heads", heads),
                 .blocks = "image_vit.transformer.resblocks.*.",
                 .attention = "attention.",
                 .qkv = "merged_qkv",
                 .out = "wo",
                 .mlp = "feed_forward.",
                 .up = "w1",
                 .down = "w2",
                 .norms = {"attention_norm.", "ffn_norm."}});
  tower.module(column(Role::projector, "image_pooling_2d.q_proj", pooled, {q}, true));
  tower.module(column(Role::projector, "image_pooling_2d.merged_kv", pooled, {kv, kv}, true));
  tower.linear(How::row, "image_pooling_2d.o_proj", q.whole(), out);
  tower.module(column(Role::projector, "image_projector.merged_linear", out, {inner, inner}));
  tower.linear(How::row, "image_projector.down_proj", inner.units, b.sizes.hidden, false);
  tower.add_to(b.model);
}

void describe_molmo2(Builder& b) {
  b.model.tied = false;  // whatever the file says
  AttentionSpec attention = b.attention();
  attention.qkv_bias = b.text.flag("qkv_bias", true);
  attention.out_bias = false;
  if (b.text.flag("use_qk_norm"))
    attention.qk_norm = b.text.text("qk_norm_type", "olmo") == "qwen3" ? QkNorm::head : QkNorm::full;
  // Where some layers are listed, only they scale their positions; the others have an unscaled table.
  const int scaled = b.rope();
  const bool listed = b.text.has("rope_scaling_layers");
  const int plain = listed ? b.rope({.own_parameters = true, .kind = 1}) : scaled;
  const std::vector<std::int64_t> scaling = b.text.integers("rope_scaling_layers");
  const std::int64_t extra = b.text.integer("additional_vocab_size", 128);
  b.embeddings({.placement = "aaa", .nameless_head = true});
  b.model.outside.front().module.dims.front().units += extra;
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return listed && !holds(scaling, i) ? 1 : 0; },
      [&](Layer& layer, int kind) {
        attention.rope = kind ? plain : scaled;
        b.add(layer, attention);
        b.add(layer, MlpSpec{.inner = b.sizes.inner, .up = "up_gate_proj"});
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

void wrap_molmo2(Builder& b) {
  b.model.multimodal = true;
  add_backbone_molmo2(b, b.root.object("vit_config"), b.root.object("adapter_config"));
}

}  // namespace

extern const Family molmo2{
    .id = "molmo2",
    .architectures = "Molmo2ForConditionalGeneration",
    .model_types = "molmo2 molmo2_text",
    .source = "vllm/model_executor/models/molmo2.py",
    .describe = describe_molmo2,
    .wrap = wrap_molmo2,
};

}  // namespace vram_gauge::families
