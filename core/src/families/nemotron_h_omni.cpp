#include "families/wrappers.hpp"

namespace vram_gauge::families {

static void wrap_nemotron_h_omni(Builder& b) {
  nest_language_model(b);
  b.model.pipeline = false;
  b.inexact("The encoders around Nemotron-H (RADIO, Parakeet) are not modelled.");
}

extern const Family nemotron_h_omni{
    .id = "nemotron_h_omni",
    .architectures =
        "NemotronH_Nano_VL_V2 NemotronH_Nano_Omni_Reasoning_V3 NemotronH_Super_Omni_Reasoning_V3 "
        "NemotronH_Omni_Reasoning_V3",
    .model_types = "nemotron_h_omni",
    .source = "vllm/model_executor/models/nano_nemotron_vl.py",
    .wrap = wrap_nemotron_h_omni,
    .text = "NemotronHForCausalLM",
};

}  // namespace vram_gauge::families
