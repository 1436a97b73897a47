#include "families/wrappers.hpp"
#include "towers/tower.hpp"

namespace vram_gauge::families {
namespace {

// Blocks with a memory of neighbouring frames beside their attention: EncoderLayerSANM.
void add_blocks_funasr(TowerBuilder& tower, const ConfigReader& config, std::string_view path, std::int64_t count,
                       std::int64_t in) {
  const std::int64_t width = config.positive("output_size", 256), inner = config.positive("linear_units", 2048);
  tower.in_blocks(path, count);
  tower.linear(How::whole, "self_attn.linear_q_k_v", in, 3 * width);
  tower.linear(How::whole, "self_attn.out_proj", width, width);
  tower.convolution("self_attn.fsmn_block.", {{width}, {1}, {config.positive("kernel_size", 11, max_factor)}}, false);
  tower.linear(How::column, "feed_forward.w_1", width, inner);
  tower.linear(How::row, "feed_forward.w_2", inner, width);
  tower.norm("norm1.", in);
  tower.norm("norm2.", width);
  tower.in_blocks({}, 1);
}

// Built without a quantization; 560 features a frame.
void add_encoder_funasr(Builder& b, const ConfigReader& config) {
  const std::int64_t width = config.positive("output_size", 256);
  TowerBuilder tower("model.encoder.audio_encoder.", Role::audio);
  tower.quantizable = false;
  add_blocks_funasr(tower, config, "encoders0.*.", 1, 560);
  add_blocks_funasr(tower, config, "encoders.*.", config.integer("num_blocks", 6, max_layers) - 1, width);
  add_blocks_funasr(tower, config, "tp_encoders.*.", config.integer("tp_blocks", 0, max_layers), width);
  tower.norm("after_norm.", width);
  tower.norm("tp_norm.", width);
  tower.add_to(b.model);
}

// The same whatever the file says (funasr.py:FunASREncoder).
void add_adaptor_funasr(Builder& b) {
  const std::int64_t width = 1024;
  TowerBuilder adaptor("model.encoder.audio_adaptor.", Role::projector);
  adaptor.quantizable = false;
  adaptor.linear(How::column, "linear1", 512, 2048);
  adaptor.linear(How::row, "linear2", 2048, width);
  adaptor.encoder({.depth = 2,
                   .width = width,
                   .heads = 8,
                   .inner = width / 4,
                   .attention = "self_attn.",
                   .out = "out_proj",
                   .mlp = "feed_forward.",
                   .up = "w_1",
                   .down = "w_2"});
  adaptor.add_to(b.model);
}

void wrap_funasr(Builder& b) {
  b.model.prefix = "model.decoder.";
  b.model.layer_prefix = "model.decoder.layers.";
  b.model.multimodal = true;
  add_encoder_funasr(b, b.root.object("audio_encoder_conf"));
  add_adaptor_funasr(b);
}

}  // namespace

extern const Family funasr{
    .id = "funasr",
    .architectures = "FunASRForConditionalGeneration",
    .model_types = "funasr",
    .source = "vllm/model_executor/models/funasr.py",
    .wrap = wrap_funasr,
    .text = "Qwen3ForCausalLM",
};

}  // namespace vram_gauge::families
