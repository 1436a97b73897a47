#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {

static void add_tower_openpangu_vl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size"), heads = vision.size("num_heads"),
                     patch = vision.size("patch_size", max_factor),
                     merge = vision.size("spatial_merge_size", max_factor), out = vision.size("out_hidden_size"),
                     merged = width * merge * merge;
  const Dim head{heads, per_head(width, heads), Split::even};
  // What the ranks don't divide is made wider.
  const bool gated = vision.text("hidden_act") == "silu";
  const Dim inner{vision.size("intermediate_size"), 1, gated ? Split::padded : Split::even};
  TowerBuilder tower("visual.");
  const std::string_view method = b.quant_method();
  tower.quantizable = method != "gptq" && method != "gptq_marlin";
  tower.convolution("patch_embed.proj.",
                    {{width},
                     {vision.size("in_channels", max_factor)},
                     {vision.size("temporal_patch_size", max_factor)},
                     {patch},
                     {patch}},
                    false);
  tower.in_blocks("blocks.*.", vision.size("depth", max_layers));
  tower.module(column(Role::vision, "attn.qkv", width, {head, head, head}, true));
  Module proj = row(Role::vision, "attn.proj", 1, width, true),
         down = row(Role::vision, "mlp.down_proj", 1, width, true);
  proj.dims.back() = head, down.dims.back() = inner;
  tower.module(std::move(proj));
  if (gated) tower.module(column(Role::vision, "mlp.gate_up_proj", width, {inner, inner}, true));
  else tower.module(column(Role::vision, "mlp.up_proj", width, {inner}, true));
  tower.module(std::move(down));
  tower.norm("norm1.", width, false);
  tower.norm("norm2.", width, false);
  tower.in_blocks({}, 1);
  tower.norm("final_layernorm.", width, false);
  // One for each layer whose output is used; two where the file doesn't say which.
  const auto taken = static_cast<std::int64_t>(vision.integers("mm_unit_vision_select_layer", -max_size).size());
  tower.in_blocks("merger.*.", vision.absent("mm_unit_vision_select_layer") ? 2 : taken);
  tower.norm("ln_q.", width, false);
  tower.linear(How::column, "mlp.0", merged, merged);
  tower.linear(How::row, "mlp.2", merged, out);
  tower.in_blocks({}, 1);
  tower.quantizable = false;
  tower.linear(How::whole, "vision_projection.fc1", out, b.sizes.hidden);
  tower.add_to(b.model);
  b.model.towers.back().heads = heads;
}

static void wrap_openpangu_vl(Builder& b) {
  nest_language_model(b);
  // As the class names it, which no list of a quantization meets after its renaming.
  b.model.prefix = "openpangu.language_model.model.";
  b.model.layer_prefix = "openpangu.language_model.model.layers.";
  b.model.head_prefix = "openpangu.language_model.";
  with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_tower_openpangu_vl(b, vision); });
}

extern const Family openpangu_vl{
    .id = "openpangu_vl",
    .architectures = "OpenPanguVLForConditionalGeneration",
    .model_types = "openpangu_vl",
    .source = "vllm/model_executor/models/openpangu_vl.py",
    .wrap = wrap_openpangu_vl,
    .text = "PanguEmbeddedForCausalLM",
};

}  // namespace vram_gauge::families
