#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

static void wrap_phi4_siglip(Builder& b) {
  nest_language_model(b);
  // The class reads it as SigLIP-2, up to the last layer but one.
  const ConfigReader vision = b.root.object("vision_config").with_defaults_of("siglip2_vision_model");
  add_siglip2_tower(b, vision, {.depth = vision.size("num_hidden_layers", max_layers) - 1, .any_width = true});
  // Its list of fused modules is the language model's: the parts of the encoder's qkv have no names of their own.
  for (Module& module : b.model.towers.back().modules)
    if (module.name == "qkv_proj")
      for (Dim& dim : module.dims) dim.shard = {};
  add_two_linear_projector(b, "multi_modal_projector.", b.root.size("mm_hidden_size"), b.sizes.hidden, true, false);
}

extern const Family phi4_siglip{
    .id = "phi4_siglip",
    .architectures = "Phi4ForCausalLMV",
    .model_types = "phi4-siglip",
    .source = "vllm/model_executor/models/phi4siglip.py, lfm2_siglip2.py",
    .wrap = wrap_phi4_siglip,
    .text = "Phi3ForCausalLM",
};

}  // namespace vram_gauge::families
