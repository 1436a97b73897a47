#include <cmath>

#include "families/wrappers.hpp"
#include "towers/radio.hpp"

namespace vram_gauge::families {

static void wrap_nemotron_h_omni(Builder& b) {
  nest_language_model(b);
  b.model.pipeline = false;
  if (b.root.has("sound_config")) b.inexact("Nemotron's encoder of sound (Parakeet) is not modelled.");
  if (!b.since(14, 1)) b.inexact("This release runs RADIO by code that is published with the model.");
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const std::int64_t frames = vision.integer("video_temporal_patch_size", 1, 64);
    const bool predicts = b.text.integer("num_nextn_predict_layers", 0) > 0;
    if ((frames > 1 && !b.since(19, 1)) || (predicts && b.since(30, 1) && !b.since(33)))
      b.inexact("What this release builds around RADIO was not read.");
    add_radio_tower(b, vision.object("args"),
                    {.patch = vision.integer("patch_size", 16, 4096), .frames = frames, .quantizable = false});
    const double ratio = b.root.number("downsample_ratio", 0.5);
    const std::int64_t width = b.root.integer("vit_hidden_size", 1280),
                       middle = b.root.integer("projector_hidden_size", 4096),
                       shuffle = ratio >= 1.0 / 64 && ratio <= 1 ? std::llround(1 / ratio) : 2,
                       in = width * shuffle * shuffle;
    TowerBuilder projector({}, Role::projector);
    projector.quantizable = false;
    if (b.since(33) && predicts) projector.norm("vision_final_layernorm.", width);
    projector.norm("mlp1.0.", in, false);
    projector.linear(How::whole, "mlp1.1", in, middle, false);
    projector.linear(How::whole, "mlp1.3", middle, b.sizes.hidden, false);
    projector.add_to(b.model);
  });
}

extern const Family nemotron_h_omni{
    .id = "nemotron_h_omni",
    .architectures =
        "NemotronH_Nano_VL_V2 NemotronH_Nano_Omni_Reasoning_V3 NemotronH_Super_Omni_Reasoning_V3 "
        "NemotronH_Omni_Reasoning_V3",
    .model_types = "nemotron_h_omni",
    .source = "vllm/model_executor/models/nano_nemotron_vl.py, radio.py",
    .wrap = wrap_nemotron_h_omni,
    .text = "NemotronHForCausalLM",
};

}  // namespace vram_gauge::families
