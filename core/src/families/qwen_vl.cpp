#include <cmath>

#include "families/family.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

// The language model's file has its encoder under "visual"; attention whole on every rank, and a resampler of 256
// queries (vllm/model_executor/models/qwen_vl.py:VisionTransformer, layers/resampler.py:Resampler2).
static void wrap_qwen_vl(Builder& b) {
  b.model.multimodal = true;
  const ConfigReader visual = b.root.object("visual");
  const std::int64_t width = visual.size("width"), out = visual.integer("output_dim", 512),
                     queries = visual.positive("n_queries", 256),
                     side = static_cast<std::int64_t>(std::sqrt(static_cast<double>(queries))),
                     patch = visual.size("patch_size", max_factor);
  TowerBuilder tower("transformer.visual.");
  tower.convolution("conv1.", {{width}, {3}, {patch}, {patch}}, false);
  tower.tensor("positional_embedding", {{256}, {width}});
  tower.norm("ln_pre.", width);
  tower.in_blocks("transformer.resblocks.*.", visual.size("layers", max_layers));
  const std::int64_t inner = inner_by_ratio(visual, width);
  tower.quantizable = false;
  tower.linear(How::whole, "attn.in_proj", width, 3 * width);
  tower.linear(How::whole, "attn.out_proj", width, width);
  tower.quantizable = true;
  tower.linear(How::column, "mlp.c_fc", width, inner);
  tower.linear(How::row, "mlp.c_proj", inner, width);
  for (const std::string_view norm : {"ln_1.", "ln_2."}) tower.norm(norm, width);
  tower.in_blocks({}, 1);
  tower.quantizable = false;
  tower.tensor("attn_pool.query", {{side * side}, {out}});
  if (width != out) tower.linear(How::whole, "attn_pool.kv_proj", width, out, false);
  tower.linear(How::whole, "attn_pool.attn.in_proj", out, 3 * out);
  tower.linear(How::whole, "attn_pool.attn.out_proj", out, out);
  tower.tensor("attn_pool.pos_embed", {{side * side}, {out}});
  for (const std::string_view norm : {"attn_pool.ln_q.", "attn_pool.ln_kv.", "ln_post."}) tower.norm(norm, out);
  tower.tensor("proj", {{out}, {out}});
  tower.add_to(b.model);
}

extern const Family qwen_vl{
    .id = "qwen_vl",
    .architectures = "QwenVLForConditionalGeneration",
    .source = "vllm/model_executor/models/qwen_vl.py (0.23.0)",
    .wrap = wrap_qwen_vl,
    .text = "QWenLMHeadModel",
};

}  // namespace vram_gauge::families
