#include "families/qwen3.hpp"
#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void describe_isaac(Builder& b) { b.add(qwen3_spec(b, {.mrope = true})); }

static void wrap_isaac(Builder& b) {
  nest_language_model(b);
  // The names that quantization lists are held against, by number; the class renames the lists all the same.
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_siglip2_tower(b, vision, {.prefix = "vision_embedding.0."});
    const std::int64_t scale = vision.positive("pixel_shuffle_scale_factor", 1, 64),
                       merged = vision.size("hidden_size") * scale * scale;
    TowerBuilder projector("vision_embedding.", Role::projector);
    projector.linear(How::column, "1", merged, 4 * merged, false);
    projector.linear(How::row, "3", 4 * merged, b.root.size("hidden_size"), false);
    projector.add_to(b.model);
  });
}

extern const Family isaac{
    .id = "isaac",
    .architectures = "IsaacForConditionalGeneration",
    .model_types = "isaac",
    .source = "vllm/model_executor/models/isaac.py",
    .describe = describe_isaac,
    .wrap = wrap_isaac,
};

}  // namespace vram_gauge::families
