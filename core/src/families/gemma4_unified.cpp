#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

void project(Builder& b, std::string_view prefix, std::int64_t width) {
  TowerBuilder projector(prefix, Role::projector);
  projector.quantizable = false;
  projector.linear(How::whole, "embedding_projection", width, b.sizes.hidden, false);
  projector.on_every_stage();
  projector.add_to(b.model);
}

// No encoder: patches of pixels are projected (gemma4_unified.py:Gemma4UnifiedVisionEmbedder), frames of sound too.
void wrap_gemma4_unified(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const std::int64_t patch = vision.positive("model_patch_size", 48, max_factor), width = vision.size("mm_embed_dim");
    TowerBuilder embedder("vision_embedder.");
    embedder.norm("patch_ln1.", 3 * patch * patch);
    embedder.linear(How::column, "patch_dense", 3 * patch * patch, width);
    embedder.norm("patch_ln2.", width);
    embedder.tensor("pos_embedding", {{vision.size("mm_posemb_size")}, {2}, {width}});
    embedder.norm("pos_norm.", width);
    embedder.on_every_stage();
    embedder.add_to(b.model);
    project(b, "embed_vision.", vision.positive("output_proj_dims|hidden_size", width));
  });
  if (const ConfigReader audio = b.root.object("audio_config"))
    project(b, "embed_audio.", audio.integer("output_proj_dims|hidden_size|audio_embed_dim", 640));
}

}  // namespace

extern const Family gemma4_unified{
    .id = "gemma4_unified",
    .architectures = "Gemma4UnifiedForConditionalGeneration",
    .model_types = "gemma4_unified",
    .source = "vllm/model_executor/models/gemma4_unified.py",
    .wrap = wrap_gemma4_unified,
    .text = "Gemma4ForCausalLM",
};

}  // namespace vram_gauge::families
