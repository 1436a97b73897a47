#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_idefics3(Builder& b) {
  b.model.tied = b.text.flag("tie_word_embeddings");  // the class never looks at the root's
  b.model.prefix = "model.text_model.";
  b.model.layer_prefix = "model.text_model.layers.";
  b.model.multimodal = true;
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip_tower(b, clip_shape(vision),
                     {.prefix = "model.vision_model.", .post_norm = 1, .any_width = true, .position_ids = false});
    const std::int64_t shuffle = b.root.positive("scale_factor", 2, max_factor);
    TowerBuilder connector("model.connector.", Role::projector);
    connector.linear(How::whole, "modality_projection.proj", vision.size("hidden_size") * shuffle * shuffle,
                     b.sizes.hidden, false);
    connector.add_to(b.model);
  });
}

extern const Family idefics3{
    .id = "idefics3",
    .architectures = "Idefics3ForConditionalGeneration SmolVLMForConditionalGeneration",
    .model_types = "idefics3 smolvlm",
    .source = "vllm/model_executor/models/idefics3.py",
    .wrap = wrap_idefics3,
    .text = "LlamaForCausalLM",
};

}  // namespace vram_gauge::families
