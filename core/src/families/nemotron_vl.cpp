#include "families/wrappers.hpp"
#include "towers/radio.hpp"

namespace vram_gauge::families {

static void wrap_nemotron_vl(Builder& b) {
  nest_language_model(b);
  // Only the checkpoint's own code says what is in it.
  b.inexact("The encoder RADIO is built by code that is published with the model; it is counted like vLLM's own.");
  const ConfigReader vision = b.root.object("vision_config");
  add_radio_tower(b, vision.object("args"), {.quantizable = false});
  add_shuffled_projector(b, b.root.positive("vit_hidden_size", 1280), "mlp1.", "0.", "1", "3",
                         b.root.positive("projector_hidden_size", 4096));
}

extern const Family nemotron_vl{
    .id = "nemotron_vl",
    .architectures = "Llama_Nemotron_Nano_VL",
    .model_types = "Llama_Nemotron_Nano_VL",
    .source = "vllm/model_executor/models/nemotron_vl.py, radio.py",
    .wrap = wrap_nemotron_vl,
};

}  // namespace vram_gauge::families
