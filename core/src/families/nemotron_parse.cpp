#include "families/wrappers.hpp"
#include "towers/radio.hpp"

namespace vram_gauge::families {
namespace {

// RADIO, and a neck that makes a fourth as many tokens of its patches; the first version's sizes are the class's own.
void add_encoder_nemotron_parse(Builder& b, bool prefix) {
  const ConfigReader encoder = b.root.object("encoder");
  const std::vector<std::int64_t> image = b.root.integers("image_size", 1);
  if (!encoder || image.size() != 2) return b.inexact("The file doesn't say what its encoder of images is.");
  add_radio_tower(b, encoder.object("args"), {.prefix = prefix ? ".encoder.model_encoder." : "."});
  const std::int64_t width = prefix ? b.sizes.hidden : 1024,
                     spatial = prefix ? b.root.positive("vision_spatial_dim", 1280) : 1280,
                     summary = prefix ? b.root.positive("vision_summary_dim", 3840) : 3840;
  TowerBuilder neck(".encoder.", Role::projector);
  neck.convolution("conv1.", {{width}, {spatial}, {1}});
  neck.convolution("conv2.", {{width}, {width}, {1}, {4}}, false);
  neck.linear(How::column, "sum_proj", summary, width);
  for (const std::string_view name : {"layer_norm1.", "layer_norm2.", "layer_norm3."}) neck.norm(name, width);
  neck.add_to(b.model);
  const std::int64_t patch = encoder.positive("patch_size", 16, 4096);
  if (!prefix && patch > 0) b.model.encoder_length = image[0] / patch * (image[1] / patch / 4) + 1;
}

void describe_nemotron_parse(Builder& b) {
  const bool prefix = b.context.architecture == "RadioMBartPrefixForCausalLM";  // the image stands in the prompt
  b.sizes.hidden = b.text.size("d_model");
  b.sizes.layers = b.text.size("decoder_layers", max_layers);
  b.sizes.heads = b.sizes.kv_heads = b.text.size("decoder_attention_heads");
  if (prefix) b.sizes.kv_heads = b.text.positive("self_attention_kv_heads", b.sizes.heads);
  b.ignore_head_dim();
  b.sizes.inner = b.text.size(prefix ? "decoder_ffn_dim" : "encoder_ffn_dim");
  b.model.prefix = ".decoder.", b.model.layer_prefix = ".decoder.layers.";  // with the class's stray dot
  const bool tied = b.root.flag("tie_word_embeddings") || b.text.flag("tie_word_embeddings");
  b.model.tied = tied && b.since(33);  // up to 0.30 the head is its own, whatever the file says
  if (tied && b.since(30, 1) && !b.since(33)) b.inexact("Whether this release ties the head was not read.");
  b.model.multimodal = true, b.model.encoder_decoder = !prefix;
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = true;
  attention.out = "out_proj";
  MlpSpec mlp = b.mlp();
  mlp.gated = false, mlp.bias = true;
  mlp.name = {}, mlp.up = "fc1", mlp.down = "fc2";
  b.embeddings({.placement = "aaa", .norm_bias = true, .norm = "layer_norm.weight"});
  b.outside(Stage::every, layer_norm("layernorm_embedding.weight", b.sizes.hidden));
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        b.add(layer, attention);
        if (!prefix)
          b.add_cross_attention(layer, "encoder_attn.", "out_proj"),
              b.norms(layer, {"encoder_attn_layer_norm.weight"}, true);
        b.add(layer, mlp);
        b.norms(layer, {"self_attn_layer_norm.weight", "final_layer_norm.weight"}, true);
      });
  add_encoder_nemotron_parse(b, prefix);
}

}  // namespace

extern const Family nemotron_parse{
    .id = "nemotron_parse",
    .architectures = "NemotronParseForConditionalGeneration RadioMBartPrefixForCausalLM",
    .model_types = "nemotron_parse",
    .source = "vllm/model_executor/models/nemotron_parse.py, nemotron_parse3_5.py, radio.py",
    .describe = describe_nemotron_parse,
};

}  // namespace vram_gauge::families
