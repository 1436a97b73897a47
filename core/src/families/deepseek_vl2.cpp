#include "families/wrappers.hpp"
#include "towers/timm.hpp"

namespace vram_gauge::families {
namespace {

void add_vit_deepseek_vl2(Builder& b) {
  TimmShape shape = so400m((384 / 14) * (384 / 14));
  shape.split_mlp = true;
  TowerBuilder tower("vision.");
  add_timm_blocks(tower, shape);
  tower.in_blocks({}, 1);
  tower.norm("norm.", shape.width);
  add_timm_pool(tower, shape);
  tower.add_to(b.model);
}

void wrap_deepseek_vl2(Builder& b) {
  nest_language_model(b);
  if (b.root.has("quantization_config|compression_config")) b.inexact("A quantized DeepSeek-VL2 is not modelled.");
  add_vit_deepseek_vl2(b);
  const ConfigReader config = b.root.object("projector_config");
  const std::int64_t in = config.positive("input_dim", 1152), out = config.positive("n_embed", 2048),
                     ratio = config.positive("downsample_ratio", 2, 64), depth = config.integer("depth", 2, 64),
                     middle = out * config.positive("mlp_ratio", 1, 64);
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
