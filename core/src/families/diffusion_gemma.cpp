#include "families/wrappers.hpp"
#include "towers/gemma4.hpp"

namespace vram_gauge::families {

static void wrap_diffusion_gemma(Builder& b) {
  if (b.root.has("quantization_config|compression_config")) b.inexact("A quantized DiffusionGemma is not modelled.");
  b.model.multimodal = true;
  if (b.since(27)) b.model.pipeline = false;
  if (const ConfigReader vision = b.root.object("vision_config")) add_gemma4_vision_tower(b, vision);
  const std::int64_t inner = b.text.integer("self_conditioning_size", b.sizes.inner);
  TowerBuilder conditioning("self_conditioning.", Role::mlp);
  conditioning.quantizable = false;
  conditioning.norm("pre_norm.", b.sizes.hidden, false);
  conditioning.linear(How::whole, "gate_proj", b.sizes.hidden, inner, false);
  conditioning.linear(How::whole, "up_proj", b.sizes.hidden, inner, false);
  conditioning.linear(How::whole, "down_proj", inner, b.sizes.hidden, false);
  conditioning.on_every_stage();
  conditioning.add_to(b.model);
}

extern const Family diffusion_gemma{
    .id = "diffusion_gemma",
    .architectures = "DiffusionGemmaForBlockDiffusion",
    .model_types = "diffusion_gemma",
    .source = "vllm/model_executor/models/diffusion_gemma.py",
    .wrap = wrap_diffusion_gemma,
    .text = "Gemma4ForCausalLM",
};

}  // namespace vram_gauge::families
