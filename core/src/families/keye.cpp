#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_keye(Builder& b) {
  nest_language_model(b);
  if (!b.since(14, 1) && b.root.has("quantization_config|compression_config"))
    b.inexact("How this release quantizes the encoder was not read.");
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    constexpr std::int64_t packed_positions = 32768;
    const ClipShape shape = clip_shape(vision);
    const std::int64_t merged = 4 * shape.width;
    add_siglip_tower(b, shape, {.prefix = "visual.vision_model.", .post_norm = 1});
    TowerBuilder more("visual.vision_model.");
    more.tensor("embeddings.packing_position_embedding.weight", {{packed_positions}, {shape.width}});
    more.buffer("encoder.rotary_pos_emb.inv_freq", {{ceil_div(per_head(shape.width, shape.heads) / 2, 2)}},
                Dtype::float32);
    more.add_to(b.model);
    TowerBuilder projector("mlp_AR.", Role::projector);
    projector.norm("pre_norm.", b.context.architecture == "KeyeVL1_5ForConditionalGeneration" ? merged : shape.width);
    projector.linear(How::column, "linear_1", merged, merged);
    projector.linear(How::row, "linear_2", merged, b.sizes.hidden);
    projector.add_to(b.model);
  });
}

extern const Family keye{
    .id = "keye",
    .architectures = "KeyeForConditionalGeneration KeyeVL1_5ForConditionalGeneration",
    .model_types = "Keye KeyeVL1_5",
    .source = "vllm/model_executor/models/keye.py, keye_vl1_5.py",
    .wrap = wrap_keye,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
