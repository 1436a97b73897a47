#include <algorithm>

#include "families/family.hpp"

namespace vram_gauge::families {

// Granite with windows: sinks on every head, and a rotary base per layer (0 = no positions in that layer).
static void describe_granite_swa(Builder& b) {
  std::vector<std::int64_t> thetas = b.text.integers("layer_rope_theta", -1, max_tokens);
  thetas.resize(static_cast<std::size_t>(b.sizes.layers), thetas.empty() ? 1 : thetas.back());
  std::vector<std::int64_t> bases = thetas;
  std::sort(bases.begin(), bases.end());
  bases.erase(std::unique(bases.begin(), bases.end()), bases.end());
  DecoderSpec spec = b.decoder_spec();
  spec.attention.sinks = b.text.flag("attention_sinks", true);
  b.embeddings("tll");
  b.layers(
      b.sizes.layers,
      [&](std::int64_t i) {
        const auto base =
            std::lower_bound(bases.begin(), bases.end(), thetas[static_cast<std::size_t>(i)]) - bases.begin();
        return static_cast<int>(base) * 2 + (b.slides(i) ? 1 : 0);
      },
      [&](Layer& layer, int kind) {
        AttentionSpec attention = spec.attention;
        attention.window = kind % 2 ? b.window() : 0;
        attention.rope = bases[static_cast<std::size_t>(kind / 2)] == 0 ? -1 : b.rope({.kind = kind / 2});
        b.add(layer, attention);
        b.add(layer, spec.mlp);
        b.norms(layer, {"input_layernorm.weight", "post_attention_layernorm.weight"});
      });
}

extern const Family granite_swa{
    .id = "granite_swa",
    .architectures = "GraniteSWAForCausalLM",
    .model_types = "granite_swa",
    .source = "vllm/model_executor/models/granite.py",
    .describe = describe_granite_swa,
};

}  // namespace vram_gauge::families
