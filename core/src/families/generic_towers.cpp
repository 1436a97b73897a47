#include "families/generic.hpp"
#include "families/wrappers.hpp"
#include "towers/tower.hpp"
#include "words.hpp"

namespace vram_gauge {
namespace {

// "hidden_size" may be the width that the encoder hands on, where it has another key for its own.
std::int64_t width_of(const ConfigReader& config) {
  return config.first("embed_dim", config.first("d_model|hidden_size|width|hidden_dim", 0));
}

bool is_gated_generic_towers(const ConfigReader& config) {
  const std::string_view activation = config.text("hidden_act|activation_function|hidden_activation");
  return contains(activation, "silu") || contains(activation, "glu");
}

// Two linears from the encoder's width, of several patches side by side, to the language model's.
void add_projector_generic_towers(Builder& b, const ConfigReader& config) {
  const double ratio = b.root.ratio("downsample_ratio", 1);
  const std::int64_t shuffle = ratio > 0 && ratio <= 0.5 ? 2 : 1;
  const std::int64_t merge = config.first("spatial_merge_size", b.root.first("spatial_merge_size", shuffle), 64);
  const std::int64_t in = width_of(config) * merge * merge,
                     out = config.first("out_hidden_size|output_dim", b.sizes.hidden);
  const std::int64_t between = merge > 1 ? in : out;
  TowerBuilder projector("projector.", Role::projector);
  const auto deep = static_cast<std::int64_t>(config.integers("deepstack_visual_indexes").size());
  projector.in_blocks("merger.*.", 1 + deep);
  projector.linear(How::whole, "linear_1", in, between);
  projector.linear(How::whole, "linear_2", between, out);
  projector.add_to(b.model);
}

// False where its keys name no size.
bool add_tower_generic_towers(Builder& b, const ConfigReader& config, Role role, std::string_view prefix) {
  const std::int64_t width = width_of(config);
  const std::int64_t depth =
      config.first("num_hidden_layers|depth|encoder_layers|num_layers|layers|n_layers", 0, 1 << 14);
  if (width == 0 || depth == 0)
    return b.inexact("The encoder " + config.path() + " is not counted: its keys name no size."), false;
  const double ratio = config.ratio("mlp_ratio", 4);
  const std::int64_t inner =
      config.first("intermediate_size|encoder_ffn_dim|mlp_dim|ffn_dim",
                   ratio > 0 && ratio < 64 ? static_cast<std::int64_t>(ratio * static_cast<double>(width)) : 4 * width);
  TowerBuilder tower(prefix, role);
  tower.quantizable = false;
  tower.encoder({.depth = depth,
                 .width = width,
                 .heads = config.first("num_attention_heads|num_heads|encoder_attention_heads|n_heads", 1),
                 .inner = inner,
                 .gated = is_gated_generic_towers(config)});
  const std::int64_t patch = config.first("patch_size", 0), channels = config.first("in_channels|num_channels", 3);
  if (patch > 0)
    tower.tensor("patch_embed.weight",
                 {{width}, {channels}, {config.first("temporal_patch_size", 1)}, {patch}, {patch}});
  const std::int64_t side = patch > 0 ? config.first("image_size", 0) / patch : 0;
  const std::int64_t positions = config.first("num_position_embeddings|max_source_positions", side * side);
  if (positions > 0) tower.tensor("position_embedding.weight", {{positions}, {width}});
  if (const std::int64_t bins = config.first("num_mel_bins", 0); bins > 0)
    tower.tensor("conv.weight", {{width}, {bins + width}, {3}});
  tower.may_replicate();
  tower.add_to(b.model);
  return true;
}

}  // namespace

void add_generic_towers(Builder& b) {
  ConfigReader holder = b.root.object("thinker_config");
  if (!holder) holder = b.root;
  for (const std::string_view key :
       {"vision_config|visual|vision_tower_config", "audio_config|audio_tower_config|encoder_config"}) {
    const ConfigReader config = holder.object(key);
    if (!config) continue;
    nest_language_model(b);
    const bool sound = key.starts_with('a');
    if (add_tower_generic_towers(b, config, sound ? Role::audio : Role::vision,
                                 sound ? "audio_tower." : "vision_tower."))
      add_projector_generic_towers(b, config);
  }
  if (b.text.has("encoder_layers") && b.text.has("decoder_layers"))
    add_tower_generic_towers(b, b.text, b.text.has("num_mel_bins") ? Role::audio : Role::other, "encoder.");
}

}  // namespace vram_gauge
