#include <algorithm>

#include "families/wrappers.hpp"
#include "towers/clip.hpp"
#include "towers/qwen_vl.hpp"
#include "towers/regnet.hpp"

namespace vram_gauge::families {

namespace {

void add_abstractor_hyperclovax_vl(Builder& b, const ClipShape& shape) {
  const std::int64_t width = shape.width, hidden = b.sizes.hidden, side = shape.image / shape.patch;
  TowerBuilder abstractor("mm_projector.", Role::projector);
  abstractor.quantizable = false;
  if (b.root.flag("proj_pos_emb", true)) abstractor.tensor("pos_emb", {{1}, {side * side}, {width}});
  if (b.root.flag("proj_prenorm")) abstractor.norm("prenorm.", width);
  for (const std::string_view path : {"net.0.b*.", "net.2.b*."}) add_regnet_stage(abstractor, path, 3, width, width);
  abstractor.in_blocks({}, 1);
  abstractor.linear(How::whole, "readout.0", width, hidden);
  abstractor.linear(How::whole, "readout.2", hidden, hidden);
  abstractor.add_to(b.model);
}

// The first version: CLIP or SigLIP up to the layer that is used, and a projector that the file names.
void wrap_first_hyperclovax_vl(Builder& b, const ConfigReader& vision) {
  const ClipShape shape = clip_shape(vision);
  const std::string_view kind = b.root.text("mm_projector_type", "cabstractor");
  const bool known = kind == "linear" || kind == "mlp" || kind == "inverted_mlp" || kind == "cabstractor";
  const bool unsaid =
      !known || b.root.absent("use_nth_layer") || b.root.absent("anyres") || b.root.absent("mm_projector_type");
  if (unsaid || (kind == "cabstractor" && (b.root.absent("proj_pos_emb") || b.root.absent("proj_prenorm"))))
    b.inexact("The file leaves out keys whose defaults only the checkpoint's own code knows.");
  const std::int64_t layer = std::clamp(b.root.index("use_nth_layer", -1), -shape.layers, shape.layers - 1);
  const ClipSpec spec{.prefix = "vision_model.vision_model.",
                      .depth = layer < 0 ? shape.layers + layer + 1 : layer + 1,
                      .post_norm = 0};
  if (vision.model_type().starts_with("siglip")) add_siglip_tower(b, shape, spec);
  else add_clip_tower(b, shape, spec);
  if (kind == "cabstractor") {
    add_abstractor_hyperclovax_vl(b, shape);
  } else {
    const std::int64_t middle = (kind == "inverted_mlp" ? 2 : 1) * shape.width;
    TowerBuilder projector("mm_projector.", Role::projector);
    projector.quantizable = false;
    if (kind != "linear") projector.linear(How::whole, "fc1", shape.width, middle);
    projector.linear(How::whole, kind == "linear" ? "" : "fc2", kind == "linear" ? shape.width : middle,
                     b.sizes.hidden);
    projector.add_to(b.model);
  }
  if (!b.root.flag("anyres")) return;
  add_language_vectors(b, {"image_newline"});
}

void wrap_hyperclovax_vl(Builder& b) {
  nest_language_model(b);
  if (b.context.architecture == "HCXVisionForCausalLM")
    return with_tower(b, "vision_config", [&](const ConfigReader& vision) { wrap_first_hyperclovax_vl(b, vision); });
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    add_qwen2_5_vl_tower(b, vision);
    TowerBuilder projector({}, Role::projector);
    projector.quantizable = false;
    projector.linear(How::whole, "mm_projector", vision.size("out_hidden_size"), b.sizes.hidden);
    projector.add_to(b.model);
  });
}

}  // namespace

extern const Family hyperclovax_vl{
    .id = "hyperclovax_vl",
    .architectures = "HCXVisionV2ForCausalLM HCXVisionForCausalLM",
    .model_types = "vlm hyperclovax_vision_v2",
    .source = "vllm/model_executor/models/hyperclovax_vision_v2.py, hyperclovax_vision.py (0.28)",
    .wrap = wrap_hyperclovax_vl,
};

}  // namespace vram_gauge::families
