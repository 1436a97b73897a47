#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// timm's vit_so400m_patch14_siglip_384, whatever the file says; only its feed-forward is divided.
void add_vit_deepseek_vl2(Builder& b) {
  constexpr std::int64_t width = 1152, inner = 4304, patch = 14, side = 384 / patch;
  TowerBuilder tower("vision.");
  tower.quantizable = false;
  tower.tensor("pos_embed", {{1}, {side * side}, {width}});
  tower.convolution("patch_embed.proj.", {{width}, {3}, {patch}, {patch}});
  tower.norm("norm.", width);
  tower.tensor("attn_pool.latent", {{1}, {1}, {width}});
  tower.linear(How::whole, "attn_pool.q", width, width);
  tower.linear(How::whole, "attn_pool.kv", width, 2 * width);
  tower.linear(How::whole, "attn_pool.proj", width, width);
  tower.norm("attn_pool.norm.", width);
  tower.linear(How::column, "attn_pool.mlp.fc1", width, inner);
  tower.linear(How::row, "attn_pool.mlp.fc2", inner, width);
  tower.in_blocks("blocks.*.", 27);
  tower.norm("norm1.", width);
  tower.linear(How::whole, "attn.qkv", width, 3 * width);
  tower.linear(How::whole, "attn.proj", width, width);
  tower.norm("norm2.", width);
  tower.linear(How::column, "mlp.fc1", width, inner);
  tower.linear(How::row, "mlp.fc2", inner, width);
  tower.add_to(b.model);
}

void wrap_deepseek_vl2(Builder& b) {
  nest_language_model(b);
  if (b.root.has("quantization_config|compression_config")) b.inexact("A quantized DeepSeek-VL2 is not modelled.");
  add_vit_deepseek_vl2(b);
  const ConfigReader config = b.root.object("projector_config");
  const std::int64_t in = config.integer("input_dim", 1152), out = config.integer("n_embed", 2048),
                     ratio = config.integer("downsample_ratio", 2, 64), depth = config.integer("depth", 2, 64),
                     middle = out * config.integer("mlp_ratio", 1, 64);
  TowerBuilder projector({}, Role::projector);
  projector.quantizable = false;
  if (config.text("projector_type", "downsample_mlp_gelu") == "linear") {
    projector.linear(How::whole, "projector.layers", in, out);
  } else {
    projector.linear(How::whole, "projector.layers.0", in * ratio * ratio, middle);
    projector.in_blocks("projector.layers.*.", depth > 2 ? depth - 2 : 0);
    projector.linear(How::whole, "linear", middle, middle);
    projector.in_blocks({}, 1);
    projector.linear(How::whole, "projector.layers.last", middle, out);
  }
  projector.add_to(b.model);
  TowerBuilder separators({}, Role::projector);
  separators.tensor("image_newline", {{out}});
  separators.tensor("view_seperator", {{out}});
  separators.on_every_stage();
  separators.add_to(b.model);
}

}  // namespace

extern const Family deepseek_vl2{
    .id = "deepseek_vl2",
    .architectures = "DeepseekVLV2ForCausalLM",
    .model_types = "deepseek_vl_v2",
    .source = "vllm/model_executor/models/deepseek_vl2.py, timm/models/vision_transformer.py",
    .wrap = wrap_deepseek_vl2,
};

}  // namespace vram_gauge::families
