#include <cmath>

#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// Sizes stand in the keys of NeMo, which vLLM's class reads; a file of Transformers' class has others.
struct FilesCohereAsr {
  ConfigReader encoder, decoder, head;
};

FilesCohereAsr read_cohere_asr(Builder& b) {
  const ConfigReader decoder = b.root.object("transf_decoder").object("config_dict");
  if (decoder) return {b.root.object("encoder"), decoder, b.root.object("head")};
  b.inexact("vLLM's class reads other keys than this file has (encoder, transf_decoder, head).");
  return {b.root.object("encoder_config"), b.root, b.root};
}

// Plain modules, whole on every rank: cohere_asr.py:ConvSubsampling.
void add_subsampling_cohere_asr(TowerBuilder& tower, const ConfigReader& config, std::int64_t width) {
  std::int64_t channels = config.index("subsampling_conv_channels", -1), bands = config.size("feat_in|num_mel_bins");
  if (channels <= 0) channels = width;
  std::int64_t steps = 0;
  for (std::int64_t factor = config.positive("subsampling_factor", 8, max_factor); factor > 1; factor /= 2, ++steps)
    bands = (bands - 1) / 2 + 1;
  tower.convolution("pre_encode.conv.0.", {{channels}, {1}, {3}, {3}});
  tower.linear(How::whole, "pre_encode.out", channels * bands, width);
  tower.in_blocks("pre_encode.conv.*.", steps - 1);
  tower.convolution("depthwise.", {{channels}, {1}, {3}, {3}});
  tower.convolution("pointwise.", {{channels}, {channels}, {1}, {1}});
  tower.in_blocks({}, 1);
}

// cohere_asr.py:ConformerLayer
void add_blocks_cohere_asr(TowerBuilder& tower, const ConfigReader& config, std::int64_t width, std::int64_t inner) {
  const bool bias = config.flag("use_bias|attention_bias", true);
  tower.in_blocks("layers.*.", config.size("n_layers|num_hidden_layers", max_layers));
  for (const std::string_view name :
       {"norm_feed_forward1.", "norm_conv.", "norm_self_att.", "norm_feed_forward2.", "norm_out."})
    tower.norm(name, width);
  for (const std::string_view name : {"feed_forward1.linear1", "feed_forward2.linear1"})
    tower.linear(How::whole, name, width, inner, bias);
  for (const std::string_view name : {"feed_forward1.linear2", "feed_forward2.linear2"})
    tower.linear(How::whole, name, inner, width, bias);
  tower.convolution("conv.pointwise_conv1.", {{2 * width}, {width}, {1}}, bias);
  tower.convolution("conv.depthwise_conv.", {{width}, {1}, {config.positive("conv_kernel_size", 9, max_factor)}}, bias);
  tower.norm("conv.batch_norm.", width);
  tower.running_statistics("conv.batch_norm.", width);
  tower.convolution("conv.pointwise_conv2.", {{width}, {width}, {1}}, bias);
  for (const std::string_view name :
       {"self_attn.linear_q", "self_attn.linear_k", "self_attn.linear_v", "self_attn.linear_out"})
    tower.linear(How::whole, name, width, width, bias);
  tower.linear(How::whole, "self_attn.linear_pos", width, width, false);
}

void add_encoder_cohere_asr(Builder& b, const ConfigReader& config) {
  const std::int64_t width = config.size("d_model|hidden_size"), heads = config.size("n_heads|num_attention_heads");
  const std::int64_t out = config.index("feat_out", -1), rows = config.size("pos_emb_max_len|max_position_embeddings");
  TowerBuilder tower("model.encoder.", Role::audio);
  tower.quantizable = false;
  add_subsampling_cohere_asr(tower, config, width);
  tower.buffer("pos_enc.pe", {{1}, {2 * rows - 1}, {width}});
  const bool untied = config.flag("untie_biases", true);
  if (!untied)
    for (const std::string_view name : {"pos_bias_u", "pos_bias_v"})
      tower.buffer(name, {{heads}, {per_head(width, heads)}});
  if (out > 0 && out != width) tower.linear(How::whole, "out_proj", width, out);
  if (width != b.sizes.hidden) tower.linear(How::whole, "encoder_decoder_proj", width, b.sizes.hidden);
  add_blocks_cohere_asr(tower, config, width, inner_by_ratio(config, width, "ff_expansion_factor"));
  if (untied)
    for (const std::string_view name : {"self_attn.pos_bias_u", "self_attn.pos_bias_v"})
      tower.tensor(name, {{heads}, {per_head(width, heads)}});
  tower.add_to(b.model);
}

void describe_cohere_asr(Builder& b) {
  const FilesCohereAsr files = read_cohere_asr(b);
  const ConfigReader& decoder = files.decoder;
  b.sizes.hidden = decoder.size("hidden_size");
  b.sizes.layers = decoder.size("num_layers|num_hidden_layers", max_layers);
  b.sizes.heads = b.sizes.kv_heads = decoder.size("num_attention_heads");
  b.ignore_head_dim();
  b.sizes.inner = decoder.size("inner_size|intermediate_size");
  b.sizes.vocab = files.head.size("num_classes|vocab_size");
  Model& model = b.model;
  model.prefix = "model.decoder.", model.layer_prefix = "model.decoder.layers.", model.head_prefix = "";
  model.multimodal = model.encoder_decoder = true;
  model.tied = false;
  const double seconds = b.root.ratio("max_audio_clip_s", 35);
  model.encoder_length = static_cast<std::int64_t>(std::ceil(seconds * 100 / 8));
  b.embeddings({.placement = "aaa",
                .norm_bias = true,
                .head_bias = true,
                .embedding = "embedding.token_embedding",
                .norm = "final_layer_norm.weight",
                .head = "proj_out"});
  model.outside.front().module.plain_rows = true;
  b.outside(Stage::every, layer_norm("embedding.layer_norm.weight", b.sizes.hidden));
  b.outside(Stage::every, buffer(Role::embedding, "embedding.position_embedding.pos_enc",
                                 {{decoder.size("max_sequence_length|max_position_embeddings")}, {b.sizes.hidden}}));
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = true;
  attention.name = "first_sub_layer.", attention.out = "out_projection";
  MlpSpec mlp = b.mlp();
  mlp.gated = false, mlp.bias = true, mlp.name = "third_sub_layer.", mlp.up = "fc1", mlp.down = "fc2";
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        b.add(layer, attention);
        b.add_cross_attention(layer, "second_sub_layer.", "out_projection", true);
        b.add(layer, mlp);
        b.norms(layer, {"layer_norm_1.weight", "layer_norm_2.weight", "layer_norm_3.weight"}, true);
      });
  add_encoder_cohere_asr(b, files.encoder);
}

}  // namespace

extern const Family cohere_asr{
    .id = "cohere_asr",
    .architectures = "CohereAsrForConditionalGeneration",
    .model_types = "cohere_asr",
    .source = "vllm/model_executor/models/cohere_asr.py",
    .describe = describe_cohere_asr,
};

}  // namespace vram_gauge::families
