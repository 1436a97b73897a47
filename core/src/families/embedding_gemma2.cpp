#include "families/wrappers.hpp"
#include "towers/gemma4.hpp"

namespace vram_gauge::families {
namespace {

// Layers that attend to everything have heads of their own size; where the file has a config for each of them, they
// are all alike.
AttentionSpec full_embedding_gemma2(const Builder& b, AttentionSpec spec) {
  spec.head_dim = b.text.positive("global_head_dim", 512);
  spec.kv_heads = b.text.positive("num_global_key_value_heads", 1);
  const ConfigReader layers = b.text.object("per_layer_config");
  for (const std::string_view name : layers.names()) {
    const ConfigReader own = layers.object(name);
    spec.head_dim = own.positive("head_dim", b.sizes.head_dim);
    spec.kv_heads = own.integer("num_key_value_heads", b.sizes.kv_heads);
  }
  return spec;
}

// Gemma 4's decoder without a cache, with signals for every layer that come from the embedding alone.
void describe_embedding_gemma2(Builder& b) {
  Model& model = b.model;
  model.pooling = model.multimodal = true;
  model.tied = false;
  model.prefix = "language_model.", model.layer_prefix = "language_model.layers.";
  AttentionSpec local = b.attention();
  b.see_everything(local);
  local.qkv_bias = local.out_bias = b.text.flag("attention_bias");
  local.qk_norm = QkNorm::head;
  AttentionSpec full = full_embedding_gemma2(b, local);
  local.rope = b.rope({.parameters = b.rope_parameters("sliding_attention"),
                       .own_parameters = true,
                       .max_positions = b.served_positions()});
  full.rope = b.rope({.head_dim = full.head_dim,
                      .parameters = b.rope_parameters("full_attention"),
                      .own_parameters = true,
                      .max_positions = b.served_positions(),
                      .kind = 1});
  b.embeddings("aa-");
  b.outside(Stage::every, buffer(Role::embedding, "embed_scale", {}));
  const std::int64_t width = b.text.integer("hidden_size_per_layer_input", 512);
  b.outside(Stage::every, column(Role::embedding, "ple.per_layer_model_projection", b.sizes.hidden,
                                 {{width * b.sizes.layers, 1, Split::even}}));
  b.outside(Stage::every, tensor(Role::norm, "ple.per_layer_projection_norm.weight", {{width}}));
  b.outside(Stage::every,
            replicated(Role::other, "embedding_projection", b.sizes.hidden, {{b.text.positive("embedding_dim", 768)}}));
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return b.slides(i) && i + 1 < b.sizes.layers ? 1 : 0; },
      [&](Layer& layer, int slides) {
        b.add(layer, slides ? local : full);
        b.add(layer, b.mlp());
        layer.modules.push_back(replicated(Role::mlp, "ple_block.per_layer_input_gate", b.sizes.hidden, {{width}}));
        layer.modules.push_back(replicated(Role::mlp, "ple_block.per_layer_projection", width, {{b.sizes.hidden}}));
        b.norms(layer, {"ple_block.post_per_layer_input_norm.weight", "input_layernorm.weight",
                        "post_attention_layernorm.weight", "pre_feedforward_layernorm.weight",
                        "post_feedforward_layernorm.weight"});
        layer.modules.push_back(buffer(Role::norm, "layer_scalar", {{1}}));
        layer.modules.back().in_checkpoint = true;
      });
}

void wrap_embedding_gemma2(Builder& b) {
  if (!b.since(33)) b.inexact("This class was not looked at in this release.");
  if (const ConfigReader vision = b.root.object("vision_config")) add_gemma4_vision_tower(b, vision);
  if (const ConfigReader audio = b.root.object("audio_config")) add_gemma4_audio_tower(b, audio);
}

}  // namespace

extern const Family embedding_gemma2{
    .id = "embedding_gemma2",
    .architectures = "EmbeddingGemma2Model",
    .model_types = "embedding_gemma2",
    .source = "vllm/model_executor/models/embedding_gemma2.py",
    .describe = describe_embedding_gemma2,
    .wrap = wrap_embedding_gemma2,
};

}  // namespace vram_gauge::families
