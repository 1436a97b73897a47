#include "towers/moonvit.hpp"

namespace vram_gauge {
void add_moonvit_tower(Builder& b, const ConfigReader& vision, bool first) {
  const std::int64_t width = vision.size("vt_hidden_size|hidden_size"), patch = vision.size("patch_size", max_factor),
                     text = b.sizes.hidden;
  const std::int64_t rows = vision.positive("init_pos_emb_height|pos_emb_height", 64),
                     columns = vision.positive("init_pos_emb_width|pos_emb_width", 64);
  const bool third = vision.text("mm_projector_type", "patchmerger") == "patchmergerv2";  // Kimi-K3's, without biases
  const bool divided = !first || b.since(14);  // moonvit.py:MoonVitEncoderLayer was all ReplicatedLinear
  // compressed-tensors is not applied to it (Kimi-K3's runs as mxfp4 where it is in that format), and all of it is then
  // cast to the model's dtype.
  const std::string_view method = b.quant_method();
  const bool as_mxfp4 = third && b.quant_format() == "mxfp4-pack-quantized";
  const bool quantized = !first && !method.empty() && (as_mxfp4 || method != "compressed-tensors");
  TowerBuilder tower("vision_tower.");
  tower.quantizable = quantized;
  tower.convolution("patch_embed.proj.", {{width}, {3}, {patch}, {patch}},
                    vision.flag("patch_embed_proj_bias", !third));
  tower.tensor("patch_embed.pos_emb.weight", {{rows}, {columns}, {width}});
  if (!first)
    tower.buffer("patch_embed.pos_emb.time_weight",
                 {{vision.positive("init_pos_emb_time|pos_emb_time", 4, max_factor)}, {1}, {width}},
                 quantized && b.since(20) ? Dtype::float32 : Dtype::model);
  const std::int64_t heads = vision.size("vt_num_attention_heads|num_attention_heads"),
                     attended = vision.positive("qkv_hidden_size", width);
  const bool layer_norm = vision.text("norm_type", third ? "rmsnorm" : "layernorm") != "rmsnorm";
  tower.encoder({.depth = vision.size("vt_num_hidden_layers|num_hidden_layers", max_layers),
                 .width = width,
                 .heads = heads,
                 .inner = vision.size("vt_intermediate_size|intermediate_size"),
                 .head_dim = per_head(attended, heads),
                 .qkv_bias = vision.flag("attn_bias", !third),
                 .out_bias = vision.flag("attn_bias", !third),
                 .mlp_bias = vision.flag("linear_bias", !third),
                 .norm_bias = layer_norm,
                 .split_attention = divided,
                 .split_mlp = divided,
                 .blocks = "encoder.blocks.*.",
                 .attention = "",
                 .qkv = "wqkv",
                 .out = "wo",
                 .up = "fc0",
                 .down = "fc1",
                 .norms = {"norm0.", "norm1."}});
  tower.norm("encoder.final_layernorm.", width, layer_norm);
  if (!first) tower.may_replicate();
  tower.add_to(b.model);

  const std::vector<std::int64_t> merge = vision.integers("merge_kernel_size", 1);
  const std::int64_t merged = width * (merge.size() == 2 ? merge[0] * merge[1] : 4);
  if (quantized && !third && !b.quantization_spares("mm_projector"))
    b.inexact("A quantized projector is cast to the model's dtype, which is not modelled.");
  TowerBuilder projector(first ? "multi_modal_projector." : "mm_projector.", Role::projector);
  projector.quantizable = quantized;
  if (!third) projector.norm("pre_norm.", width);
  projector.linear(How::whole, "linear_1", merged, merged, !third);
  projector.linear(How::whole, "linear_2", merged, text, !third);
  if (third) projector.norm("post_norm.", text, false);
  projector.add_to(b.model);
}

}  // namespace vram_gauge
