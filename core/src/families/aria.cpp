#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

// A perceiver of learned queries; only its feed-forward is divided (aria.py:AriaProjector).
void add_projector_aria(Builder& b, std::int64_t width) {
  TowerBuilder projector("multi_modal_projector.", Role::projector);
  projector.quantizable = false;
  std::int64_t queries = b.root.integer("max_value_projector_patch_to_query_dict", 0);
  const ConfigReader counts = b.root.object("projector_patch_to_query_dict");
  for (const std::string_view name : counts.names()) queries = std::max(queries, counts.integer(name, 0));
  projector.tensor("query", {{queries ? queries : 256}, {width}});
  for (const std::string_view name : {"cross_attn.q_proj", "cross_attn.k_proj", "cross_attn.v_proj"})
    projector.linear(How::whole, name, width, width, false);
  projector.tensor("cross_attn.multihead_attn.in_proj_weight", {{3 * width}, {width}});
  projector.tensor("cross_attn.multihead_attn.in_proj_bias", {{3 * width}});
  projector.linear(How::whole, "cross_attn.multihead_attn.out_proj", width, width);
  projector.linear(How::whole, "cross_attn.linear", width, width);
  for (const std::string_view name : {"cross_attn.layer_norm.", "cross_attn.layer_norm_kv.", "layer_norm."})
    projector.norm(name, width);
  projector.linear(How::column, "feed_forward.linear_in", width, b.sizes.hidden, false);
  projector.linear(How::row, "feed_forward.linear_out", b.sizes.hidden, b.sizes.hidden, false);
  projector.add_to(b.model);
}

void describe_aria(Builder& b) {
  const AttentionSpec attention = b.llama_spec().attention;
  if (b.text.flag("mlp_bias")) b.inexact("Aria with mlp_bias is not modelled.");
  MoeSpec moe = b.moe();
  moe.inner = b.sizes.expert_inner = b.sizes.inner;
  moe.shared_inner = b.sizes.inner * b.text.integer("moe_num_shared_experts", 2);
  moe.gate = "router_weight";
  b.model.prefix = "language_model.";
  b.model.layer_prefix = "language_model.layers.";
  b.model.multimodal = true;
  b.embeddings("aaa");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    b.add(layer, moe);
    for (Module& module : layer.modules) module.nameless = module.parent == moe.shared;
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip_tower(b, clip_shape(vision),
                     {.prefix = "vision_tower.", .post_norm = 0, .any_width = true, .position_ids = false});
    add_projector_aria(b, vision.size("hidden_size"));
  });
}

}  // namespace

extern const Family aria{
    .id = "aria",
    .architectures = "AriaForConditionalGeneration",
    .model_types = "aria",
    .source = "vllm/model_executor/models/aria.py",
    .describe = describe_aria,
};

}  // namespace vram_gauge::families
