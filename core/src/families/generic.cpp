#include "families/generic.hpp"

namespace vram_gauge {

void describe_generic(Builder& b) {
  b.inexact(b.model.architecture.empty()
                ? "The config names no architecture."
                : "The architecture " + b.model.architecture + " is not modelled: this is a generic decoder's count.");
  AttentionSpec attention = b.attention();
  attention.qkv_bias = attention.out_bias = b.text.flag("attention_bias|qkv_bias|use_bias|bias");
  if (b.sizes.max_positions > 0) attention.rope = b.rope();
  MlpSpec mlp = b.mlp();
  if (mlp.inner == 0) mlp.inner = 4 * b.sizes.hidden, mlp.gated = false;
  const MoeSpec moe = b.moe();
  b.embeddings("tll");
  b.decoder_layers(attention, [&](Layer& layer, const AttentionSpec& spec) {
    b.add(layer, spec);
    if (moe.experts > 1) b.add(layer, moe);
    else b.add(layer, mlp);
    b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
  });
}

}  // namespace vram_gauge
