#include "families/wrappers.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {
namespace {

void describe_whisper(Builder& b) {
  b.sizes.hidden = b.text.size("d_model");
  b.sizes.layers = b.text.size("decoder_layers", max_layers);
  b.sizes.heads = b.sizes.kv_heads = b.text.size("decoder_attention_heads");
  b.ignore_head_dim();
  b.sizes.inner = b.text.size("decoder_ffn_dim");
  b.sizes.max_positions = b.text.size("max_target_positions");
  b.model.prefix = "model.decoder.";
  b.model.layer_prefix = "model.decoder.layers.";
  b.model.tied = true;
  b.model.multimodal = b.model.encoder_decoder = true;
  b.model.first_engine = !b.since(10, 2);
  b.model.encoder_length = b.text.size("max_source_positions");
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = true;
  attention.out = "out_proj";
  MlpSpec mlp = b.mlp();
  mlp.gated = false;
  mlp.bias = true;
  mlp.up = "fc1";
  mlp.down = "fc2";
  b.embeddings({.placement = "aaa", .norm_bias = true, .norm = "layer_norm.weight", .head = "proj_out"});
  // A plain embedding, neither padded nor divided; the head is its tensor.
  for (Placed& placed : b.model.outside) placed.module.plain_rows = placed.module.kind == Module::Kind::vocab;
  b.plain_table(Stage::every, "embed_positions.weight", b.sizes.max_positions, b.sizes.hidden);
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        b.add(layer, attention);
        b.add_cross_attention(layer, "encoder_attn.", "out_proj");
        b.add(layer, mlp);
        b.norms(layer, {"self_attn_layer_norm.weight", "encoder_attn_layer_norm.weight", "final_layer_norm.weight"},
                true);
      });
  add_whisper_tower(b, b.text, {.prefix = "model.encoder."});
}

}  // namespace

extern const Family whisper{
    .id = "whisper",
    .architectures = "WhisperForConditionalGeneration",
    .model_types = "whisper",
    .source = "vllm/model_executor/models/whisper.py",
    .describe = describe_whisper,
};

}  // namespace vram_gauge::families
