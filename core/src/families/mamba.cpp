#include "blocks/state_space.hpp"
#include "families/family.hpp"

namespace vram_gauge::families {

// vllm/model_executor/models/mamba.py, mamba2.py
static void describe_mamba(Builder& b) {
  const bool second = b.context.architecture == "Mamba2ForCausalLM";
  b.model.prefix = "backbone.";
  b.model.layer_prefix = "backbone.layers.";
  const std::int64_t expanded = b.text.positive("expand", 2, max_factor) * b.sizes.hidden;
  const std::int64_t inner = second ? expanded : b.text.integer("intermediate_size", expanded);
  const std::int64_t state = b.text.size("state_size"), kernel = b.text.size("conv_kernel", max_factor);
  const bool conv_bias = b.text.flag("use_conv_bias", true), bias = b.text.flag("use_bias");
  Mamba1Spec first_kind{.inner = inner, .state = state, .kernel = kernel, .conv_bias = conv_bias, .bias = bias};
  const bool automatic = b.text.is_text("time_step_rank") || !b.text.has("time_step_rank");
  first_kind.dt_rank = automatic ? (b.sizes.hidden + 15) / 16 : b.text.size("time_step_rank");
  Mamba2Spec second_kind{.state = state, .kernel = kernel, .inner = inner, .conv_bias = conv_bias, .bias = bias};
  b.embeddings({.placement = "aaa", .embedding = "embeddings", .norm = "norm_f.weight"});
  if (second) {
    second_kind.heads = b.text.size("num_heads");
    second_kind.head_dim = b.text.size("head_dim");
    second_kind.groups = b.text.size("n_groups");
    b.sizes.mamba_chunk = b.text.integer("chunk_size", 0);
  }
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        b.norms(layer, {"norm.weight"});
        if (second) add(b, layer, second_kind);
        else add(b, layer, first_kind);
      });
  b.model.hybrid = false;
  b.model.attention_free = true;
}

extern const Family mamba{
    .id = "mamba",
    .architectures = "MambaForCausalLM FalconMambaForCausalLM Mamba2ForCausalLM",
    .model_types = "mamba falcon_mamba mamba2",
    .source = "vllm/model_executor/models/mamba.py",
    .describe = describe_mamba,
};

}  // namespace vram_gauge::families
