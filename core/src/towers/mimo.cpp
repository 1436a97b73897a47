#include "towers/mimo.hpp"

#include <algorithm>
#include <charconv>

namespace vram_gauge {
namespace {

// "1025-1025-129": the sizes of the first `count` vocabularies; a single number is that of each.
std::vector<std::int64_t> vocabularies(const ConfigReader& audio, std::size_t count) {
  if (!audio.is_text("speech_vocab_size"))
    return std::vector<std::int64_t>(count, audio.integer("speech_vocab_size", 0));
  std::string_view rest = audio.text("speech_vocab_size");
  std::vector<std::int64_t> sizes;
  while (!rest.empty() && sizes.size() < count) {
    std::int64_t size = 0;
    const char* end = std::from_chars(rest.data(), rest.data() + rest.size(), size).ptr;
    sizes.push_back(std::clamp<std::int64_t>(size, 0, max_size));
    rest.remove_prefix(std::min(rest.size(), static_cast<std::size_t>(end - rest.data()) + 1));
  }
  if (sizes.size() == 1) sizes.resize(count, sizes.front());
  return sizes;
}

}  // namespace

void add_mimo_vision_tower(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.positive("hidden_size", 1280), heads = vision.positive("num_heads", 32),
                     depth = vision.integer("depth", 28, max_layers), head_dim = vision.positive("qk_channels", 64),
                     patch = vision.positive("patch_size", 16, max_factor),
                     merge = vision.positive("spatial_merge_size", 2, max_factor);
  TowerBuilder tower("visual.");
  tower.quantizable = false;
  tower.convolution("patch_embed.proj.",
                    {{width},
                     {vision.positive("in_channels", 3, max_factor)},
                     {vision.positive("temporal_patch_size", 2, max_factor)},
                     {patch},
                     {patch}},
                    false);
  tower.buffer("rotary_pos_emb.cos_sin_cache", {{8192}, {head_dim / 2}});
  tower.norm("merger.ln_q.", width, false);
  tower.linear(How::column, "merger.mlp.0", width * merge * merge, width * merge * merge, false);
  tower.linear(How::row, "merger.mlp.2", width * merge * merge, vision.positive("out_hidden_size", 2048), false);
  tower.encoder({.depth = depth,
                 .width = width,
                 .heads = heads,
                 .inner = vision.positive("intermediate_size", 4608),
                 .head_dim = head_dim,
                 .kv_heads = vision.positive("num_key_value_heads", 8),
                 .norm_bias = false,
                 .gated = true,
                 .up = "gate_up_proj",
                 .down = "down_proj"});
  if (vision.flag("use_sink")) {
    const auto full = static_cast<std::int64_t>(vision.integers("fullatt_block_indexes").size());
    tower.in_blocks("blocks.*.", std::max<std::int64_t>(0, depth - full));
    tower.tensor("attn.sinks", {{heads}});
  }
  tower.add_to(b.model);
}

// Codes of an audio tokenizer, embedded and encoded by a small Qwen2 of Transformers, whole on every rank.
void add_mimo_audio_tower(Builder& b, const ConfigReader& audio) {
  const std::int64_t width = audio.positive("input_local_dim", 1024),
                     inner = audio.positive("input_local_intermediate_size", 4096),
                     group = audio.integer("group_size", 4) * width, out = audio.positive("out_hidden_size", 4096);
  constexpr std::int64_t qwen2_vocabulary = 151936;
  TowerBuilder tower("audio_encoder.", Role::audio);
  tower.quantizable = false;
  tower.tensor("input_local_transformer.embed_tokens.weight", {{qwen2_vocabulary}, {width}});
  tower.in_blocks("input_local_transformer.layers.*.", audio.integer("input_local_layers", 6, max_layers));
  for (const std::string_view name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"})
    tower.linear(How::whole, name, width, width);
  tower.linear(How::whole, "self_attn.o_proj", width, width, false);
  tower.linear(How::whole, "mlp.gate_proj", width, inner, false);
  tower.linear(How::whole, "mlp.up_proj", width, inner, false);
  tower.linear(How::whole, "mlp.down_proj", inner, width, false);
  tower.norm("input_layernorm.", width, false);
  tower.norm("post_attention_layernorm.", width, false);
  tower.in_blocks("", 1);
  if (audio.flag("add_post_norm", true)) tower.norm("input_local_transformer.norm.", width, false);
  const double partial = audio.ratio("partial_rotary_factor", 0.334);
  const auto head_dim = static_cast<double>(per_head(width, audio.positive("input_local_attn_heads", 64)));
  const std::int64_t frequencies = (static_cast<std::int64_t>(head_dim * partial) + 1) / 2;
  for (const std::string_view name :
       {"input_local_transformer.rotary_emb.inv_freq", "input_local_transformer.rotary_emb.original_inv_freq"})
    tower.buffer(name, {{frequencies}}, Dtype::float32);
  for (const std::int64_t size : vocabularies(audio, static_cast<std::size_t>(audio.positive("audio_channels", 8, 64))))
    tower.tensor("speech_embeddings.*.weight", {{size}, {width}});
  if (audio.integer("projection_layers", 1, max_layers) == 1) tower.linear(How::whole, "projection", group, out, false);
  else {
    tower.linear(How::whole, "projection.mlp.0", group, 4 * group, false);
    tower.linear(How::whole, "projection.mlp.2", 4 * group, out, false);
  }
  b.inexact("The audio tokenizer in the checkpoint's folder is not counted.");
  tower.add_to(b.model);
}

}  // namespace vram_gauge
