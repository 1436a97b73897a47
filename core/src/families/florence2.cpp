#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// DaViT: attention over windows and over channels in turn, plain and whole on every rank; all files have the norm of
// the first stage behind its convolution, of the others before it (patch_prenorm).
void add_stage_florence2(TowerBuilder& tower, std::int64_t in, std::int64_t out, std::int64_t patch, bool pre_norm,
                         std::int64_t depth) {
  tower.convolution("convs.*.proj.", {{out}, {in}, {patch}, {patch}});
  tower.norm("convs.*.norm.", pre_norm ? in : out);
  tower.in_blocks("blocks.*.*.", 2 * depth);
  for (const std::string_view name : {"conv1.fn.dw.", "conv2.fn.dw."}) tower.convolution(name, {{out}, {1}, {3}, {3}});
  for (const std::string_view name : {"attn.norm.", "ffn.norm."}) tower.norm(name, out);
  tower.linear(How::whole, "attn.fn.qkv", out, 3 * out);
  tower.linear(How::whole, "attn.fn.proj", out, out);
  tower.linear(How::whole, "ffn.fn.net.fc1", out, 4 * out);
  tower.linear(How::whole, "ffn.fn.net.fc2", 4 * out, out);
  tower.in_blocks({}, 1);
}

void wrap_florence2(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const auto widths = vision.integers("dim_embed", 1), depths = vision.integers("depths", 1, max_layers),
               patches = vision.integers("patch_size", 1, max_factor);
    const std::size_t stages = widths.size();
    if (stages == 0 || depths.size() != stages || patches.size() != stages)
      return b.inexact("The file doesn't say what the stages of its encoder are.");
    TowerBuilder tower("vision_tower.");
    tower.quantizable = false;
    for (std::size_t i = 0; i < stages; ++i)
      add_stage_florence2(tower, i == 0 ? 3 : widths[i - 1], widths[i], patches[i], i > 0, depths[i]);
    const std::int64_t width = widths.back(), out = vision.positive("projection_dim", 1024),
                       places = vision.object("image_pos_embed").positive("max_pos_embeddings", 50),
                       times = vision.object("visual_temporal_embedding").positive("max_temporal_embeddings", 100);
    tower.tensor("image_projection", {{width}, {out}});
    tower.norm("image_proj_norm.", out);
    tower.tensor("image_pos_embed.embeddings.weight", {{places}, {width}});
    tower.tensor("visual_temporal_embed.pos_idx_to_embed", {{times}, {width}});
    tower.add_to(b.model);
  });
}

}  // namespace

extern const Family florence2{
    .id = "florence2",
    .architectures = "Florence2ForConditionalGeneration",
    .model_types = "florence2",
    .source = "vllm/model_executor/models/florence2.py (0.10.2)",
    .wrap = wrap_florence2,
    .text = "BartForConditionalGeneration",
};

}  // namespace vram_gauge::families
