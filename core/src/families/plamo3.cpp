#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_plamo3(Builder& b) {
  b.model.layer_prefix = "model.layers.layers.";
  if (!b.text.is_array("layer_types")) b.inexact("The file has no layer_types, which Plamo 3's class reads.");
  DecoderSpec spec = b.decoder_spec();
  spec.attention.name = "mixer.";
  spec.attention.qkv_bias = spec.attention.out_bias = spec.mlp.bias = false;
  spec.attention.qk_norm = QkNorm::head;
  const bool by_type = !!b.rope_parameters("full_attention");
  if (by_type)
    spec.attention.rope = b.rope({.parameters = b.rope_parameters("full_attention"), .own_parameters = true});
  spec.sliding = spec.attention;
  spec.sliding.rope = b.rope({.parameters = by_type ? b.rope_parameters("sliding_attention") : ConfigReader(),
                              .own_parameters = true,
                              .kind = 1});
  spec.norms = {"pre_mixer_norm.weight", "post_mixer_norm.weight", "pre_mlp_norm.weight", "post_mlp_norm.weight"};
  spec.outside.placement = "aaa";
  b.add(spec);
  for (Layer& layer : b.model.layers) layer.bare_attention = true;  // built without the quantization
}

extern const Family plamo3{
    .id = "plamo3",
    .architectures = "Plamo3ForCausalLM",
    .model_types = "plamo3",
    .source = "vllm/model_executor/models/plamo3.py",
    .describe = describe_plamo3,
};

}  // namespace vram_gauge::families
