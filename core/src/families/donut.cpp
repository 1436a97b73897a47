#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// Swin (vllm/model_executor/models/swin.py), which a decoder of mBART's reads.
void wrap_donut(Builder& b) {
  nest_language_model(b);
  b.model.prefix = "decoder.model.decoder.", b.model.layer_prefix = "decoder.model.decoder.layers.";
  with_tower(b, "encoder", [&](const ConfigReader& vision) {
    const std::vector<std::int64_t> depths = vision.integers("depths", 1, max_layers),
                                    heads = vision.integers("num_heads", 1);
    if (depths.empty() || heads.size() != depths.size())
      return b.inexact("The file doesn't say what the stages of its encoder are.");
    const std::int64_t patch = vision.positive("patch_size", 4, max_factor),
                       window = vision.positive("window_size", 7, max_factor);
    std::int64_t width = vision.size("embed_dim");
    TowerBuilder tower("encoder.");
    tower.convolution("embeddings.patch_embeddings.projection.", {{width}, {3}, {patch}, {patch}});
    tower.norm("embeddings.norm.", width);
    for (std::size_t i = 0; i < depths.size(); ++i) {
      const std::int64_t inner = inner_by_ratio(vision, width), across = 2 * window - 1, area = window * window;
      tower.in_blocks("encoder.layers.*.blocks.*.", depths[i]);
      tower.tensor("attention.self.relative_position_bias_table", {{across * across}, {heads[i]}});
      tower.buffer("attention.self.relative_position_index", {{area}, {area}}, Dtype::int64);
      tower.linear(How::column, "attention.self.qkv", width, 3 * width, vision.flag("qkv_bias", true));
      tower.linear(How::row, "attention.output.dense", width, width);
      tower.linear(How::column, "intermediate.dense", width, inner);
      tower.linear(How::row, "output.dense", inner, width);
      for (const std::string_view name : {"layernorm_before.", "layernorm_after."}) tower.norm(name, width);
      tower.in_blocks({}, 1);
      if (i + 1 == depths.size()) break;
      tower.quantizable = false;
      tower.linear(How::whole, "downsample.reduction", 4 * width, 2 * width, false);
      tower.quantizable = true;
      tower.norm("downsample.norm.", 4 * width);
      width *= 2;
    }
    tower.add_to(b.model);
  });
}

}  // namespace

extern const Family donut{
    .id = "donut",
    .architectures = "DonutForConditionalGeneration",
    .model_types = "donut",
    .source = "vllm/model_executor/models/donut.py (0.10.2)",
    .wrap = wrap_donut,
    .text = "MBartForConditionalGeneration",
};

}  // namespace vram_gauge::families
