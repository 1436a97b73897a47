#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// A number, or one for frequencies and one for time.
std::int64_t side_midashenglm(const ConfigReader& audio, std::string_view key, std::size_t axis) {
  const std::vector<std::int64_t> sides = audio.integers(key, 1);
  return sides.empty() ? 16 : sides[axis < sides.size() ? axis : 0];
}

// DashengAudioTransformer
void add_encoder_midashenglm(Builder& b, const ConfigReader& audio) {
  const std::int64_t width = audio.size("embed_dim"), mels = audio.size("n_mels");
  TowerBuilder tower("audio_encoder.", Role::audio);
  tower.buffer("front_end.spectrogram_window", {{audio.size("win_length")}});
  tower.buffer("front_end.melscale_fbanks", {{audio.size("n_fft") / 2 + 1}, {mels}});
  tower.norm("init_bn.", mels);
  tower.running_statistics("init_bn.", mels);
  tower.convolution("patch_embed.proj.", {{width},
                                          {audio.size("input_channels")},
                                          {side_midashenglm(audio, "patch_size", 0)},
                                          {side_midashenglm(audio, "patch_size", 1)}});
  const std::int64_t rows = mels / side_midashenglm(audio, "patch_stride", 0),
                     columns = audio.size("target_length") / side_midashenglm(audio, "patch_stride", 1);
  tower.tensor("time_pos_embed", {{1}, {width}, {1}, {columns}});
  tower.tensor("freq_pos_embed", {{1}, {width}, {rows}, {1}});
  tower.norm("norm.", width);
  const std::int64_t depth = audio.size("depth", max_layers);
  if (audio.number("init_values", 0) != 0) {
    tower.in_blocks("blocks.*.", depth);
    tower.tensor("ls1.gamma", {{width}});
    tower.tensor("ls2.gamma", {{width}});
  }
  tower.encoder({.depth = depth,
                 .width = width,
                 .heads = audio.size("num_heads"),
                 .inner = inner_by_ratio(audio, width),
                 .qkv_bias = audio.flag("qkv_bias", true)});
  tower.add_to(b.model);
}

void wrap_midashenglm(Builder& b) {
  b.model.prefix = "decoder.model.";
  b.model.layer_prefix = "decoder.model.layers.";
  b.model.head_prefix = "decoder.";
  b.model.multimodal = true;
  if (!b.since(14, 1)) b.inexact("This class was not looked at in this release.");
  // Its config class drops what the file says of rotary positions (vllm/transformers_utils/configs/midashenglm.py).
  for (Rope& rope : b.model.ropes) rope.rows = b.sizes.max_positions;
  const ConfigReader audio = b.root.object("audio_encoder_config");
  add_encoder_midashenglm(b, audio);
  TowerBuilder projector("audio_projector.net.", Role::projector);
  projector.linear(How::column, "0", audio.size("embed_dim") * b.root.positive("subsample_factor", 5, max_factor),
                   b.sizes.hidden);
  projector.linear(How::row, "2", b.sizes.hidden, b.sizes.hidden);
  projector.add_to(b.model);
}

}  // namespace

extern const Family midashenglm{
    .id = "midashenglm",
    .architectures = "MiDashengLMModel",
    .model_types = "midashenglm",
    .source = "vllm/model_executor/models/midashenglm.py",
    .wrap = wrap_midashenglm,
    .text = "Qwen2ForCausalLM",
};

}  // namespace vram_gauge::families
