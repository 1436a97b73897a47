#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

void add_residual_chameleon(TowerBuilder& tower, std::string_view path, std::int64_t in, std::int64_t out) {
  tower.in_blocks(path, 1);
  tower.norm("norm1.", in);
  tower.convolution("conv1.", {{out}, {in}, {3}, {3}});
  tower.norm("norm2.", out);
  tower.convolution("conv2.", {{out}, {out}, {3}, {3}});
  if (in != out) tower.convolution("nin_shortcut.", {{out}, {in}, {1}, {1}});
}

void add_attention_chameleon(TowerBuilder& tower, std::string_view path, std::int64_t width) {
  tower.in_blocks(path, 1);
  tower.norm("norm.", width);
  for (const std::string_view name : {"q.", "k.", "v.", "proj_out."})
    tower.convolution(name, {{width}, {width}, {1}, {1}});
}

// What turns an image into tokens: convolutions down to a grid, and a codebook.
void add_quantizer_chameleon(Builder& b, const ConfigReader& vq) {
  const std::int64_t base = vq.positive("base_channels", 128), latent = vq.positive("latent_channels", 256),
                     embed = vq.positive("embed_dim", 256), blocks = vq.positive("num_res_blocks", 2, 64);
  const bool attends = vq.text("attn_type", "vanilla") == "vanilla";
  const std::vector<std::int64_t> at = vq.integers("attn_resolutions");
  std::vector<std::int64_t> multipliers = vq.integers("channel_multiplier", 1, max_factor);
  if (multipliers.empty()) multipliers = {1, 1, 2, 2, 4};
  TowerBuilder tower("model.vqmodel.");
  tower.quantizable = false;
  tower.convolution("encoder.conv_in.", {{base}, {vq.positive("in_channels", 3, max_factor)}, {3}, {3}});
  std::int64_t in = base, resolution = vq.positive("resolution", 512);
  for (std::size_t level = 0; level < multipliers.size(); ++level, resolution /= 2) {
    for (std::int64_t block = 0; block < blocks; ++block) {
      add_residual_chameleon(tower, "encoder.down.*.block.*.", in, base * multipliers[level]);
      in = base * multipliers[level];
      if (attends && holds(at, resolution)) add_attention_chameleon(tower, "encoder.down.*.attn.*.", in);
    }
    tower.in_blocks({}, 1);
    if (level + 1 < multipliers.size()) tower.convolution("encoder.down.*.downsample.conv.", {{in}, {in}, {3}, {3}});
  }
  for (const std::string_view path : {"encoder.mid.block_1.", "encoder.mid.block_2."})
    add_residual_chameleon(tower, path, in, in);
  if (attends) add_attention_chameleon(tower, "encoder.mid.attn_1.", in);
  tower.in_blocks({}, 1);
  tower.norm("encoder.norm_out.", in);
  tower.convolution("encoder.conv_out.", {{latent * (vq.flag("double_latent") ? 2 : 1)}, {in}, {3}, {3}});
  tower.tensor("quantize.embedding.weight", {{vq.positive("num_embeddings", 8192)}, {embed}});
  tower.convolution("quant_conv.", {{embed}, {latent}, {1}, {1}});
  tower.convolution("post_quant_conv.", {{latent}, {embed}, {1}, {1}});
  tower.add_to(b.model);
}

// Norms of queries and keys with a bias, of a rank's own heads.
void describe_chameleon(Builder& b) {
  if (!b.since(28)) b.inexact("This class was not looked at in this release.");
  DecoderSpec spec = b.decoder_spec();
  spec.attention.qkv_bias = spec.attention.out_bias = false;
  spec.attention.qk_norm = QkNorm::sharded;
  spec.outside.placement = "aaa";
  b.add(spec);
  for (Layer& layer : b.model.layers)
    for (Module& module : layer.modules)
      if (module.name == "q_norm.weight" || module.name == "k_norm.weight") module.bias = true;
}

void wrap_chameleon(Builder& b) {
  b.model.multimodal = true;
  add_quantizer_chameleon(b, b.root.object("vq_config"));
}

}  // namespace

extern const Family chameleon{
    .id = "chameleon",
    .architectures = "ChameleonForConditionalGeneration",
    .model_types = "chameleon",
    .source = "vllm/model_executor/models/chameleon.py (0.28)",
    .describe = describe_chameleon,
    .wrap = wrap_chameleon,
};

}  // namespace vram_gauge::families
