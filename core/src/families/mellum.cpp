#include "families/family.hpp"

namespace vram_gauge::families {

static void describe_mellum(Builder& b) {
  const bool native = !b.since(32);
  if (!native) b.served_by_transformers();
  DecoderSpec spec = b.decoder_spec();
  if (native) spec.attention.out_bias = false, spec.outside.placement = "aaa";
  spec.attention.qk_norm = QkNorm::head;
  spec.attention.rope = b.rope({.parameters = b.rope_parameters("full_attention"), .own_parameters = true});
  spec.sliding = spec.attention;
  spec.sliding.rope = b.rope({.parameters = b.rope_parameters("sliding_attention"), .own_parameters = true, .kind = 1});
  spec.moe = b.moe();
  spec.moe.balancing = Balancing::done;
  spec.sparse = b.sparse_by_type();
  b.add(spec);
  if (native) return;
  // The wrapper keeps frequencies of each layer type that occurs, on every stage.
  std::uint32_t ropes = 0;
  for (const Layer& layer : b.model.layers) ropes |= layer.ropes;
  for (Layer& layer : b.model.layers) layer.ropes = ropes;
}

extern const Family mellum{
    .id = "mellum",
    .architectures = "MellumForCausalLM",
    .model_types = "mellum",
    .source = "vllm/model_executor/models/mellum.py, transformers/moe.py",
    .describe = describe_mellum,
};

}  // namespace vram_gauge::families
