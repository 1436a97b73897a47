#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {
namespace {

void add_projector_ultravox(Builder& b, std::int64_t width) {
  const std::int64_t in = width * b.root.positive("stack_factor", 8, 1024),
                     middle = b.root.integer("hidden_size", 4096);
  const std::int64_t gated = b.root.text("projector_act", "swiglu") == "swiglu" ? middle / 2 : middle;
  TowerBuilder projector("multi_modal_projector.", Role::projector);
  projector.quantizable = b.since(33);
  projector.norm("ln_pre.", in, false);
  projector.linear(How::whole, "linear_1", in, middle, false);
  projector.linear(How::whole, "linear_2", gated, b.sizes.hidden, false);
  if (b.root.flag("projector_ln_mid")) projector.norm("ln_mid.", gated, false);
  else projector.norm("ln_post.", b.sizes.hidden, false);
  projector.add_to(b.model);
}

void wrap_ultravox(Builder& b) {
  nest_language_model(b);
  if (b.root.integer("num_projector_layers", 0, max_layers) > 0)
    b.inexact("The projector of transformer blocks is not modelled.");
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    add_projector_ultravox(b, add_whisper_tower(b, audio, {.native = b.since(28)}));
  });
}

}  // namespace

extern const Family ultravox{
    .id = "ultravox",
    .architectures = "UltravoxModel",
    .model_types = "ultravox",
    .source = "vllm/model_executor/models/ultravox.py",
    .wrap = wrap_ultravox,
};

}  // namespace vram_gauge::families
