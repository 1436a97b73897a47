#include <algorithm>

#include "families/eagle.hpp"

namespace vram_gauge::families {

static void describe_llama4(Builder& b) {
  const std::vector<std::int64_t> listed = b.text.integers("no_rope_layers");
  const std::int64_t interval = b.text.positive("no_rope_layer_interval", 4);
  const auto rotates = [&](std::int64_t i) {
    return listed.empty() ? (i + 1) % interval != 0 : entry<std::int64_t>(listed, i, 0) != 0;
  };
  b.slide_where(b.layers_where(rotates), 0);
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = false;
  spec.sliding = spec.attention;
  spec.sliding.chunk = b.text.index("attention_chunk_size", 0, max_tokens);
  spec.attention.rope = -1;
  spec.mlp = {.inner = b.text.integer("intermediate_size_mlp", 0), .name = "feed_forward."};
  spec.moe = b.moe();
  if (b.since(11, 1)) spec.moe.balancing = Balancing::done;
  spec.moe.name = "feed_forward.";
  spec.moe.gate = "router";
  spec.moe.shared = "shared_expert.";
  spec.moe.shared_inner = spec.moe.inner = b.sizes.expert_inner = b.sizes.inner;
  const std::int64_t step = b.text.integer("interleave_moe_layer_step", 1);
  spec.sparse = b.layers_where([&](std::int64_t i) { return step > 0 && (i + 1) % step == 0; });
  const bool drafts = b.context.architecture == "EagleLlama4ForCausalLM";  // llama4_eagle.py
  if (drafts) {
    if (!b.text.is_array("moe_layers") ? holds(spec.sparse, true) : !b.text.integers("moe_layers").empty())
      b.inexact("vLLM refuses a drafter of Llama 4 that has experts.");
    spec.moe = {};
    spec.outside.placement = "aa-";
  }
  b.add(spec);
  if (drafts) add_eagle_projection(b, {.quantizable = false});
}

extern const Family llama4{
    .id = "llama4",
    .architectures = "Llama4ForCausalLM EagleLlama4ForCausalLM",
    .model_types = "llama4_text",
    .source = "vllm/model_executor/models/llama4.py",
    .describe = describe_llama4,
};

}  // namespace vram_gauge::families
