#include "families/cross_decoder.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// The encoder's attention is an Attention, too, with its four scalars.
void add_encoder_bart(Builder& b, std::int64_t depth, bool final_norm) {
  const std::int64_t width = b.sizes.hidden;
  TowerBuilder tower("model.encoder.", Role::other);
  tower.encoder({.depth = depth,
                 .width = width,
                 .heads = b.text.size("encoder_attention_heads"),
                 .inner = b.text.size("encoder_ffn_dim"),
                 .blocks = "layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "out_proj",
                 .mlp = {},
                 .norms = {"self_attn_layer_norm.", "final_layer_norm."}});
  tower.in_blocks("layers.*.", depth);
  tower.buffer("self_attn.attn.scales", {{4}}, Dtype::float32);
  tower.in_blocks({}, 1);
  tower.module(vocabulary(Role::other, "embed_positions", b.sizes.max_positions + 2, width));
  tower.norm("layernorm_embedding.", width);
  if (final_norm) tower.norm("layer_norm.", width);
  if (!b.model.tied) {
    Module again = vocabulary(Role::other, "embed_tokens", b.sizes.vocab, width);
    again.in_checkpoint = false;
    tower.module(std::move(again));
  }
  tower.on_every_stage();
  tower.add_to(b.model);
}

void describe_bart(Builder& b) {
  const std::string_view name = b.context.architecture;
  const bool donut = name == "DonutForConditionalGeneration", plain = name.starts_with("Bart"),
             final_norm = donut || name.starts_with("MBart");
  read_cross_decoder(b);
  b.model.head_prefix = "";
  b.model.first_engine = true;
  b.model.tied = !donut && (!plain || b.since(10));  // before 0.10 BART's one embedding was loaded into three
  b.model.encoder_length = b.sizes.max_positions;
  b.embeddings({.placement = final_norm ? "aaa" : "a-a", .norm_bias = true, .norm = "layer_norm.weight"});
  b.outside(Stage::every, vocabulary(Role::embedding, "embed_positions", b.sizes.max_positions + 2, b.sizes.hidden));
  b.outside(Stage::every, layer_norm("layernorm_embedding.weight", b.sizes.hidden));
  add_cross_decoder_layers(b, {});
  const std::int64_t depth = b.text.size("encoder_layers", max_layers);
  if (depth != b.sizes.layers) b.inexact("Blocks of the first engine follow the encoder's layers, not the decoder's.");
  if (donut) return;
  add_encoder_bart(b, depth, final_norm);
  if (!b.model.tied)
    for (Placed& placed : b.model.outside) placed.module.in_checkpoint &= placed.module.role != Role::lm_head;
}

}  // namespace

extern const Family bart{
    .id = "bart",
    .architectures = "BartForConditionalGeneration BartModel MBartForConditionalGeneration",
    .model_types = "bart mbart",
    .source = "vllm/model_executor/models/bart.py (0.10.2)",
    .describe = describe_bart,
};

}  // namespace vram_gauge::families
