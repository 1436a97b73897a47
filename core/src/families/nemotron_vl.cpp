#include "families/wrappers.hpp"
#include "towers/radio.hpp"

namespace vram_gauge::families {

static void wrap_nemotron_vl(Builder& b) {
  nest_language_model(b);
  // Only the checkpoint's own code says what is in it.
  b.inexact("The encoder RADIO is built by code that is published with the model; it is counted like vLLM's own.");
  const ConfigReader vision = b.root.object("vision_config");
  add_radio_tower(b, vision.object("args"), {.quantizable = false});
  const double ratio = b.root.number("downsample_ratio", 0.5);
  const std::int64_t shuffle = ratio >= 1.0 / 64 && ratio <= 1 ? static_cast<std::int64_t>(1 / ratio) : 2;
  const std::int64_t in = b.root.integer("vit_hidden_size", 1280) * shuffle * shuffle,
                     middle = b.root.integer("projector_hidden_size", 4096);
  TowerBuilder projector("mlp1.", Role::projector);
  projector.quantizable = false;
  projector.norm("0.", in);
  projector.linear(How::whole, "1", in, middle);
  projector.linear(How::whole, "3", middle, b.sizes.hidden);
  projector.add_to(b.model);
}

extern const Family nemotron_vl{
    .id = "nemotron_vl",
    .architectures = "Llama_Nemotron_Nano_VL",
    .model_types = "Llama_Nemotron_Nano_VL",
    .source = "vllm/model_executor/models/nemotron_vl.py, radio.py",
    .wrap = wrap_nemotron_vl,
};

}  // namespace vram_gauge::families
