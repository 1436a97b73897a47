#include "families/wrappers.hpp"
#include "towers/gemma3n.hpp"

namespace vram_gauge::families {
namespace {

// gemma3n_mm.py:Gemma3nMultimodalEmbedder
void add_embedder(Builder& b, const ConfigReader& config, std::string_view prefix) {
  const std::int64_t width = config.size("hidden_size");
  TowerBuilder embedder(prefix, Role::projector);
  embedder.quantizable = false;
  embedder.module(vocabulary(Role::projector, "embedding", config.size("vocab_size"), width));
  embedder.norm("hard_embedding_norm.", width, false);
  embedder.norm("soft_embedding_norm.", width, false);
  embedder.linear(How::row, "embedding_projection", width, b.sizes.hidden, false);
  embedder.add_to(b.model);
}

void wrap_gemma3n_vl(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    if (vision.text("architecture", "mobilenetv5_300m_enc") != "mobilenetv5_300m_enc")
      b.inexact("Of timm's encoders only mobilenetv5_300m_enc is modelled.");
    add_mobilenet_v5_tower(b, "vision_tower.timm_model.");
    add_embedder(b, vision, "embed_vision.");
  });
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    add_gemma3n_audio_tower(b, audio);
    add_embedder(b, audio, "embed_audio.");
  });
}

}  // namespace

extern const Family gemma3n_vl{
    .id = "gemma3n_vl",
    .architectures = "Gemma3nForConditionalGeneration",
    .model_types = "gemma3n",
    .source = "vllm/model_executor/models/gemma3n_mm.py",
    .wrap = wrap_gemma3n_vl,
    .text = "Gemma3nForCausalLM",
};

}  // namespace vram_gauge::families
