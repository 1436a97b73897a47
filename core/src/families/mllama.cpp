#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// Ways of laying out up to `tiles` tiles in a grid.
std::int64_t layouts(std::int64_t tiles) {
  std::int64_t count = 0;
  for (std::int64_t rows = 1; rows <= tiles; ++rows) count += tiles / rows;
  return count;
}

void add_tower_mllama(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size", 1 << 16), patch = vision.size("patch_size", max_factor),
                     image = vision.size("image_size", 1 << 12), tiles = vision.size("max_num_tiles", 64);
  const std::int64_t patches = (image / patch) * (image / patch) + 1, rows = layouts(tiles) + 1;
  std::vector<std::int64_t> kept = vision.integers("intermediate_layers_indices");
  if (kept.empty()) kept = {3, 7, 15, 23, 30};
  TowerBuilder tower("vision_model.");
  tower.quantizable = false;
  tower.linear(How::column, "patch_embedding._linear", vision.size("num_channels", max_factor) * patch * patch, width,
               false);
  tower.quantizable = true;
  tower.tensor("class_embedding", {{width}});
  tower.tensor("gated_positional_embedding.gate", {{1}});
  tower.tensor("gated_positional_embedding.embedding", {{patches}, {width}});
  tower.tensor("gated_positional_embedding.tile_embedding.weight", {{rows}, {tiles}, {patches}, {width}});
  tower.tensor("pre_tile_positional_embedding.gate", {{1}});
  tower.tensor("pre_tile_positional_embedding.embedding.weight", {{rows}, {tiles}, {width}});
  tower.tensor("post_tile_positional_embedding.gate", {{1}});
  tower.tensor("post_tile_positional_embedding.embedding.weight", {{rows}, {tiles}, {width}});
  tower.norm("layernorm_pre.", width);
  tower.norm("layernorm_post.", width);
  Encoder blocks{.depth = vision.size("num_hidden_layers", max_layers),
                 .width = width,
                 .heads = vision.size("attention_heads|num_attention_heads"),
                 .inner = vision.size("intermediate_size"),
                 .qkv_bias = false,
                 .out_bias = false,
                 .blocks = "transformer.layers.*.",
                 .attention = "self_attn.",
                 .qkv = "qkv_proj",
                 .out = "o_proj",
                 .norms = {"input_layernorm.", "post_attention_layernorm."}};
  tower.encoder(blocks);
  blocks.depth = vision.size("num_global_layers", max_layers);
  blocks.blocks = "global_transformer.layers.*.";
  tower.encoder(blocks);
  tower.in_blocks(blocks.blocks, blocks.depth);
  tower.tensor("gate_attn", {{1}});
  tower.tensor("gate_ffn", {{1}});
  tower.add_to(b.model);
  TowerBuilder projector("", Role::projector);
  projector.quantizable = b.since(6, 4);
  projector.linear(b.since(6, 4) ? How::column : How::whole, "multi_modal_projector", vision.size("vision_output_dim"),
                   b.sizes.hidden);
  projector.add_to(b.model);
  b.model.tiled_encoder = {tiles, patches, image, static_cast<std::int64_t>(kept.size())};
  b.model.encoder_length = tiles * patches;
}

// Attention to the tiles' outputs; the projections of keys and values, with those of queries, are as of self-attention.
void add_cross_layer(Builder& b, Layer& layer, AttentionSpec attention) {
  attention.name = "cross_attn.";
  attention.qk_norm = QkNorm::head;
  attention.rope = -1;
  b.add(layer, attention);
  layer.caches.back().kind = Cache::Kind::cross;
  layer.modules.push_back(tensor(Role::attention, "cross_attn_attn_gate", {{1}}));
  layer.modules.push_back(tensor(Role::mlp, "cross_attn_mlp_gate", {{1}}));
}

void describe_mllama(Builder& b) {
  const DecoderSpec spec = b.decoder_spec();
  b.model.tied = false;
  b.embeddings("aaa");
  b.model.outside.front().module.dims.front().units += 8;  // rows for the image's token and its like
  std::vector<std::int64_t> cross = b.text.integers("cross_attention_layers");
  if (b.text.absent("cross_attention_layers")) cross = {3, 8, 13, 18, 23, 28, 33, 38};
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return holds(cross, i) ? 1 : 0; },
      [&](Layer& layer, int kind) {
        if (kind == 0) b.add(layer, spec.attention);
        else add_cross_layer(b, layer, spec.attention);
        b.add(layer, spec.mlp);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

void wrap_mllama(Builder& b) {
  nest_language_model(b);
  b.model.encoder_decoder = b.model.first_engine = true;
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_tower_mllama(b, vision); });
}

}  // namespace

extern const Family mllama{
    .id = "mllama",
    .architectures = "MllamaForConditionalGeneration",
    .model_types = "mllama mllama_text_model",
    .source = "vllm/model_executor/models/mllama.py of 0.6.3, 0.6.6, 0.8.5 and 0.10.2",
    .describe = describe_mllama,
    .wrap = wrap_mllama,
};

}  // namespace vram_gauge::families
