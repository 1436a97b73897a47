#include "families/wrappers.hpp"
#include "towers/clip.hpp"
#include "towers/intern_vit.hpp"

namespace vram_gauge::families {
namespace {

// Qianfan-OCR's class leaves its tower out of float8 quantization, which the file has or the engine is asked for.
bool quantizable_internvl(const Builder& b) {
  if (b.context.architecture != "QianfanOCRForConditionalGeneration") return true;
  const std::string_view method = b.quant_method();
  return !method.empty() && method != "fp8";
}

// nvlm_d.py: through the language model's inner width, without biases; half as many patches each way.
void add_projector_nvlm(Builder& b, std::int64_t width) {
  TowerBuilder projector("mlp1.", Role::projector);
  projector.quantizable = false;
  projector.norm("0.", 4 * width);
  projector.linear(How::whole, "1", 4 * width, b.sizes.inner, false);
  projector.linear(How::whole, "3", b.sizes.inner, b.sizes.hidden, false);
  projector.add_to(b.model);
}

void add_tower_internvl(Builder& b, const ConfigReader& vision) {
  const std::int64_t width = vision.size("hidden_size"), patch = side_of(vision, "patch_size");
  const std::int64_t side = side_of(vision, "image_size") / patch,
                     layers = vision.size("num_hidden_layers", max_layers);
  const auto layer = b.root.index("select_layer", -1, max_layers);
  TowerBuilder tower("vision_model.");
  tower.quantizable = quantizable_internvl(b);
  tower.tensor("embeddings.class_embedding", {{1}, {1}, {width}});
  tower.convolution("embeddings.patch_embedding.", {{width}, {3}, {patch}, {patch}});
  tower.tensor("embeddings.position_embedding", {{1}, {side * side + 1}, {width}});
  add_intern_vit_blocks(b, std::move(tower),
                        {.depth = layer < 0 ? layers + layer + 1 : layer + 1,
                         .width = width,
                         .heads = vision.size("num_attention_heads"),
                         // NVLM-D has more heads, of zeros, so that eight divide them.
                         .added_heads = b.context.architecture == "NVLM_D" ? 7 : 0,
                         .inner = vision.size("intermediate_size"),
                         .qkv_bias = vision.flag("qkv_bias|attention_bias"),
                         .qk_norm = vision.flag("qk_normalization|use_qk_norm"),
                         .norm_bias = vision.text("norm_type", "layer_norm") != "rms_norm"});
  if (b.context.architecture == "NVLM_D") return add_projector_nvlm(b, width);
  add_shuffled_projector(b, width, "mlp1.", "0.", "1", "3");
}

void wrap_internvl(Builder& b) {
  nest_language_model(b);
  if (b.context.architecture == "SkyworkR1VChatModel" && b.root.has("quantization_config|compression_config"))
    b.inexact("A quantized Skywork-R1V is not modelled.");
  if (b.context.architecture != "Eagle2_5_VLForConditionalGeneration")
    return with_tower(b, "vision_config", [&](const ConfigReader& vision) { add_tower_internvl(b, vision); });
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const ClipShape shape = clip_shape(vision);
    const auto layer = b.root.index("select_layer", -1, max_layers);
    add_siglip_tower(
        b, shape, {.prefix = "vision_model.vision_model.", .depth = layer < 0 ? shape.layers + layer + 1 : layer + 1});
    add_shuffled_projector(b, shape.width, "mlp1.", "0.", "1", "3");
  });
}

}  // namespace

extern const Family internvl{
    .id = "internvl",
    .architectures =
        "InternVLChatModel QianfanOCRForConditionalGeneration H2OVLChatModel NVLM_D SkyworkR1VChatModel "
        "Eagle2_5_VLForConditionalGeneration",
    .model_types = "internvl_chat qianfan_ocr h2ovl_chat NVLM_D skywork_chat eagle_2_5_vl",
    .source =
        "vllm/model_executor/models/internvl.py, intern_vit.py, qianfan_ocr.py, h2ovl.py, nvlm_d.py, "
        "skyworkr1v.py, eagle2_5_vl.py",
    .wrap = wrap_internvl,
};

}  // namespace vram_gauge::families
