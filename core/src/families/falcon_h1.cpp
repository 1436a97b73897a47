#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

static Mamba2Spec mamba_falcon_h1(const Builder& b) {
  Mamba2Spec spec =
      mamba2_spec(b, b.text.positive("mamba_d_ssm", b.text.positive("mamba_expand", 2, max_factor) * b.sizes.hidden));
  spec.gated_norm = b.text.flag("mamba_rms_norm");
  spec.name = "mamba.mamba.";
  return spec;
}

static void describe_falcon_h1(Builder& b) {
  const Mamba2Spec spec = mamba_falcon_h1(b);
  const Dim inner{spec.inner, 1, Split::even}, heads{spec.heads, 1, Split::even}, group = group_columns(spec);
  Module multipliers = column(Role::other, "mup_vector", 1, {inner, inner, group, group, heads});
  multipliers.parent = "mamba.";
  multipliers.quantizable = multipliers.in_checkpoint = false;
  multipliers.buffer = true;
  if (b.quantization_spares("self_attn") || b.quantization_spares("mamba"))
    b.inexact("Falcon-H1's mixers are built under other names than those that this quantization spares.");
  MlpSpec mlp = b.mlp();
  mlp.name = "feed_forward.";
  AttentionSpec attention = b.attention();
  attention.rope = b.rope({.dim = b.text.integer("attn_rotary_emb", 0)});
  b.sizes.mamba_chunk = b.text.integer("mamba_chunk_size", 0);
  b.embeddings({.placement = "fll", .norm = "final_layernorm.weight"});
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        b.add(layer, attention);
        add(b, layer, spec);
        layer.modules.push_back(multipliers);
        b.add(layer, mlp);
        b.norms(layer, {"input_layernorm.weight", "pre_ff_layernorm.weight"});
      });
}

extern const Family falcon_h1{
    .id = "falcon_h1",
    .architectures = "FalconH1ForCausalLM",
    .model_types = "falcon_h1",
    .source = "vllm/model_executor/models/falcon_h1.py",
    .describe = describe_falcon_h1,
};

}  // namespace vram_gauge::families
