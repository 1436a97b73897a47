#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

// The layers run several times over. The first round's attention keeps everything, those after it a window each, and a
// gate per head mixes the two.
static void describe_iquest_loopcoder(Builder& b) {
  const std::int64_t loops = b.text.positive("loop_num", 2, max_layers);
  b.ignore_head_dim();
  AttentionSpec attention = b.attention();
  attention.head_dim = b.sizes.head_dim;
  attention.rope = b.rope();
  if (b.window() > 0) b.inexact("A sliding window of the first round is not modelled here.");
  b.embeddings("tll");
  b.layers(
      b.sizes.layers, [](std::int64_t) { return 0; },
      [&](Layer& layer, int) {
        layer.modules.push_back(column(Role::attention, "gate_projections.gate_proj", b.sizes.head_dim,
                                       {{b.sizes.heads, 1, Split::even, "gate_proj"}}, true));
        b.add(layer, attention);
        Cache local = layer.caches.front();
        local.kind = Cache::Kind::sliding;
        local.name = "attn.1";
        local.window = b.text.integer("loop_window_size", 64);
        for (std::int64_t i = 1; i < loops; ++i) layer.caches.push_back(local);
        layer.attention_scales = static_cast<int>(loops);
        b.add(layer, b.mlp());
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family iquest_loopcoder{
    .id = "iquest_loopcoder",
    .architectures = "IQuestLoopCoderForCausalLM",
    .model_types = "iquestloopcoder",
    .source = "vllm/model_executor/models/iquest_loopcoder.py",
    .describe = describe_iquest_loopcoder,
};

}  // namespace vram_gauge::families
