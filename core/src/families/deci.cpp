#include "families/family.hpp"

namespace vram_gauge::families {
namespace {

// What one entry of block_configs leaves of a Llama layer.
struct Block {
  std::int64_t kv_heads = 0, inner = 0;  // 0 = that half is skipped
  bool operator==(const Block&) const = default;
};

Block read_block(const Builder& b, const ConfigReader& block) {
  Block out;
  const ConfigReader attention = block.object("attention"), ffn = block.object("ffn");
  const std::int64_t group = attention.integer("n_heads_in_group", 0);
  if (!attention.flag("no_op") && !attention.flag("replace_with_linear") && group > 0)
    out.kv_heads = b.sizes.heads / group;
  if (attention.flag("replace_with_linear") || ffn.flag("replace_with_linear"))
    b.text.log().fail("unsupported", "vLLM has no linear replacements of blocks.", "block_configs");
  if (ffn.flag("no_op")) return out;
  const double mult = ffn.ratio("ffn_mult", 0);
  out.inner = mult > 0 ? round_up(static_cast<std::int64_t>(2 * mult * static_cast<double>(b.sizes.hidden) / 3), 256)
                       : ffn.integer("intermediate_size", 0);
  return out;
}

void describe_deci(Builder& b) {
  std::vector<Block> kinds;
  std::vector<int> kind_of;
  for (const ConfigReader& entry : b.text.objects("block_configs")) {
    const Block block = read_block(b, entry);
    std::size_t kind = 0;
    while (kind < kinds.size() && !(kinds[kind] == block)) ++kind;
    if (kind == kinds.size()) kinds.push_back(block);
    kind_of.push_back(static_cast<int>(kind));
  }
  b.sizes.layers = static_cast<std::int64_t>(kind_of.size());
  DecoderSpec spec = b.decoder_spec();
  const bool bias = b.attention_bias();
  spec.attention.out_bias = bias;
  spec.attention.qkv_bias = b.text.flag("qkv_bias", bias);
  b.embeddings("tll");
  b.layers(
      b.sizes.layers, [&](std::int64_t i) { return kind_of[static_cast<std::size_t>(i)]; },
      [&](Layer& layer, int kind) {
        const Block& block = kinds[static_cast<std::size_t>(kind)];
        if (block.kv_heads > 0) {
          AttentionSpec attention = spec.attention;
          attention.kv_heads = block.kv_heads;
          b.add(layer, attention);
          b.norms(layer, {"input_layernorm.weight"});
        }
        if (block.inner > 0) {
          MlpSpec mlp = spec.mlp;
          mlp.inner = block.inner;
          b.add(layer, mlp);
          b.norms(layer, {"post_attention_layernorm.weight"});
        }
      });
}

}  // namespace

extern const Family deci{
    .id = "deci",
    .architectures = "DeciLMForCausalLM",
    .model_types = "deci nemotron-nas",
    .source = "vllm/model_executor/models/nemotron_nas.py",
    .describe = describe_deci,
};

}  // namespace vram_gauge::families
