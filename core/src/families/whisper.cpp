#include "families/cross_decoder.hpp"
#include "towers/audio.hpp"

namespace vram_gauge::families {
namespace {

void describe_whisper(Builder& b) {
  read_cross_decoder(b);
  b.sizes.max_positions = b.text.size("max_target_positions");
  b.model.tied = true;
  b.model.multimodal = true;
  b.model.first_engine = !b.since(10, 2);
  b.model.encoder_length = b.text.size("max_source_positions");
  b.embeddings({.placement = "aaa", .norm_bias = true, .norm = "layer_norm.weight", .head = "proj_out"});
  // A plain embedding, neither padded nor divided; the head is its tensor.
  for (Placed& placed : b.model.outside) placed.module.plain_rows = placed.module.kind == Module::Kind::vocab;
  b.plain_table(Stage::every, "embed_positions.weight", b.sizes.max_positions, b.sizes.hidden);
  add_cross_decoder_layers(b, "mlp.");
  add_whisper_tower(b, b.text, {.prefix = "model.encoder."});
}

}  // namespace

extern const Family whisper{
    .id = "whisper",
    .architectures = "WhisperForConditionalGeneration",
    .model_types = "whisper",
    .source = "vllm/model_executor/models/whisper.py",
    .describe = describe_whisper,
};

}  // namespace vram_gauge::families
