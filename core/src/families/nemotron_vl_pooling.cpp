#include "families/wrappers.hpp"
#include "towers/clip.hpp"

namespace vram_gauge::families {
namespace {

// Its language model, a bidirectional Llama, may have a head that nothing uses.
void describe_nemotron_vl_pooling(Builder& b) {
  const auto names = b.text.texts("architectures");
  DecoderSpec spec = b.llama_spec();
  b.see_everything(spec.attention);
  spec.outside.placement = "tl-";
  b.add(spec);
  b.model.pooling = true;
  if (names.empty() || names[0] != "LlamaBidirectionalForSequenceClassification") return;
  Module& score = b.pooling_head("language_model.score", b.sizes.hidden, Builder::num_labels(b.text));
  score.quantizable = true;
  score.in_checkpoint = false;
}

void wrap_nemotron_vl_pooling(Builder& b) {
  nest_language_model(b);
  with_tower(b, "vision_config", [&](const ConfigReader& vision) {
    const ClipShape shape = clip_shape(vision);
    add_siglip_tower(b, shape, {.prefix = "vision_model.vision_model."});
    add_shuffled_projector(b, shape.width, "mlp1.", "0.", "1", "3");
  });
  // vllm/model_executor/layers/fusion/mm_input_norm.py:FusedMMInputNorm, which the engine's default asks for.
  Module colors = tensor(Role::vision, "input_norm.weight", {{3}}, Dtype::float32);
  colors.bias = true;
  colors.in_checkpoint = false;
  if (b.since(33)) b.outside(Stage::every, std::move(colors));
  else if (b.since(31)) b.inexact("This class was not looked at in this release.");
  if (b.context.architecture == "LlamaNemotronVLForSequenceClassification")
    b.pooling_head("score", b.sizes.hidden, Builder::num_labels(b.text)).quantizable = true;
}

}  // namespace

extern const Family nemotron_vl_pooling{
    .id = "nemotron_vl_pooling",
    .architectures = "LlamaNemotronVLModel LlamaNemotronVLForSequenceClassification",
    .model_types = "llama_nemotron_vl",
    .source = "vllm/model_executor/models/nemotron_vl.py",
    .describe = describe_nemotron_vl_pooling,
    .wrap = wrap_nemotron_vl_pooling,
};

}  // namespace vram_gauge::families
