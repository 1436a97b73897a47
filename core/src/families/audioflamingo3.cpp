#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/audio.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {

// MusicFlamingo's angles of positions in time (musicflamingo.py:MusicFlamingoRotaryEmbedding); as many positions as the
// file's theta says.
static void add_angles_audioflamingo3(Builder& b, std::int64_t width) {
  if (!b.since(24)) b.inexact("MusicFlamingo was read in 0.24 only.");
  const ConfigReader parameters = b.root.object("rope_parameters");
  const double partial = parameters ? parameters.ratio("partial_rotary_factor", 1) : 0.2;
  const auto dim = static_cast<std::int64_t>(static_cast<double>(width) * std::clamp(partial, 0.0, 1.0));
  const auto positions = static_cast<std::int64_t>(std::clamp(parameters.number("rope_theta", 1200), 1.0, 1e6));
  TowerBuilder angles("pos_emb.", Role::audio);
  angles.buffer("inv_freq", {{ceil_div(dim, 2)}}, Dtype::float32);
  angles.buffer("original_inv_freq", {{ceil_div(dim, 2)}}, Dtype::float32);
  angles.buffer("position_angles", {{positions}, {2 * ceil_div(dim, 2)}}, Dtype::float32);
  angles.add_to(b.model);
}

static void wrap_audioflamingo3(Builder& b) {
  nest_language_model(b);
  with_tower(b, "audio_config", [&](const ConfigReader& audio) {
    const std::int64_t width = add_whisper_tower(b, audio, {.native = false});
    add_two_linear_projector(b, "multi_modal_projector.", width, b.sizes.hidden, b.root.flag("projector_bias", true),
                             true);
    if (b.context.architecture == "MusicFlamingoForConditionalGeneration") add_angles_audioflamingo3(b, width);
  });
}

extern const Family audioflamingo3{
    .id = "audioflamingo3",
    .architectures = "AudioFlamingo3ForConditionalGeneration MusicFlamingoForConditionalGeneration",
    .model_types = "audioflamingo3 musicflamingo",
    .source = "vllm/model_executor/models/audioflamingo3.py, musicflamingo.py (0.24)",
    .wrap = wrap_audioflamingo3,
};

}  // namespace vram_gauge::families
