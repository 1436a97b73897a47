#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_paddleocr_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const ClipShape shape = clip_shape(vision);
    add_siglip_tower(b, shape, {.prefix = "visual.vision_model.", .post_norm = 1});
    TowerBuilder rotary("visual.vision_model.encoder.");
    rotary.buffer("rotary_pos_emb.inv_freq", {{ceil_div(per_head(shape.width, shape.heads) / 2, 2)}}, Dtype::float32);
    rotary.add_to(b.model);
    TowerBuilder projector("mlp_AR.", Role::projector);
    projector.quantizable = false;
    projector.norm("pre_norm.", shape.width);
    projector.linear(How::whole, "linear_1", 4 * shape.width, 4 * shape.width);
    projector.linear(How::whole, "linear_2", 4 * shape.width, b.sizes.hidden);
    projector.add_to(b.model);
  });
}

extern const Family paddleocr_vl{
    .id = "paddleocr_vl",
    .architectures = "PaddleOCRVLForConditionalGeneration",
    .model_types = "paddleocr_vl paddleocr_vl_text",
    .source = "vllm/model_executor/models/paddleocr_vl.py",
    .wrap = wrap_paddleocr_vl,
    .text = "Ernie4_5ForCausalLM",
};

}  // namespace vram_gauge::families
